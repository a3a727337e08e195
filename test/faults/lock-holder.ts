/** Holds what a submission holds of its account, as a process does that is about to commit, for as long as it lives. */
import { openPostgres } from "../../server/src/database/postgres.ts";
import { lockShareGroup } from "../../server/src/jobs/submission-store.ts";

const { pool } = await openPostgres(process.env.DATABASE_URL!, { poolSize: 1 });
const client = await pool.connect();
// What becomes of its connection is for the database to tell.
client.on("error", () => undefined);
await client.query("begin");
const { rows } = await client.query<{ id: number }>("select id from users where email = 'faults@test'");
await lockShareGroup(client, rows[0]!.id);
process.stdout.write("held\n");
setInterval(() => undefined, 60_000);

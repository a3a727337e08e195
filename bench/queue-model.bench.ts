/** Many random histories of the fair queue on PostgreSQL, each claim compared with the model of its order. */
import fc from "fast-check";
import { migrate } from "../server/src/database/migrate.ts";
import { openPostgres } from "../server/src/database/postgres.ts";
import { createOwners } from "../server/test/fair-queue.ts";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { compareWithModel, queueStep } from "../server/test/queue-history.ts";

const histories = 600;
const server = await startPrivatePostgres({ fsync: false });
if (server === undefined) {
  console.log("PostgreSQL is not installed: there is nothing to compare.");
  process.exit(0);
}
const { pool, close } = await openPostgres(server.url);
await migrate(pool);
const owners = await createOwners(pool);
const everybody = [
  await owners.alone("ada"),
  await owners.alone("ben"),
  ...(await owners.company("heavy", 3, ["h1", "h2", "h3"])),
  ...(await owners.company("light", 0.5, ["l1", "l2"])),
];
let claims = 0;
let steps = 0;
const outcome = await fc.check(
  fc.asyncProperty(fc.array(queueStep, { minLength: 40, maxLength: 160 }), async (history) => {
    steps += history.length;
    claims += await compareWithModel(pool, everybody, history);
  }),
  { numRuns: histories },
);
await close();
await server.stop();
console.log(
  `${outcome.numRuns} histories, ${steps} steps, ${claims} claims compared: ${outcome.failed ? "1 differs" : "0 differ"}`,
);
if (outcome.failed) {
  console.log(fc.defaultReportMessage(outcome));
  process.exit(1);
}

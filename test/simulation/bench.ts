import pg from "pg";
import { bindWorkerKey } from "../../server/src/credentials/credential-store.ts";
import { issueCredential } from "../../server/src/credentials/credentials.ts";
import { openEmbedded } from "../../server/src/database/embedded.ts";
import { migrate } from "../../server/src/database/migrate.ts";
import { announcePlatform, permitUser } from "../../server/src/platforms/platform-store.ts";
import { insertUser } from "../../server/src/users/user-store.ts";
import { type ApiProcess, createApiProcess } from "./api-process.ts";
import { prepareDatabase, type SharedDatabase } from "./shared-database.ts";

/** What seeds share, since it takes long to make: the database with its accounts, and the applications. */
export interface Bench {
  readonly database: SharedDatabase;
  readonly apis: readonly ApiProcess[];
  readonly jobTokens: readonly string[];
  readonly workerKeys: readonly string[];
  /** Of an administrator who is logged in. */
  readonly administratorToken: string;
  close(): Promise<void>;
}

const apisMax = 4;
const ownersMax = 5;
const keys = 3;

/** @param url a PostgreSQL server with an empty database; the embedded one in memory unless given */
export async function openBench(url?: string): Promise<Bench> {
  const embedded = url === undefined ? await openEmbedded("memory") : undefined;
  const pool = embedded?.pool ?? new pg.Pool({ connectionString: url, max: 1, pipeline: true });
  await migrate(pool);
  const platformId = await announcePlatform(pool, {
    name: "sim:test",
    type: "simulator",
    specs: { available_commands: ["probs"] },
  });
  const jobTokens: string[] = [];
  const workerKeys: string[] = [];
  for (let owner = 0; owner < ownersMax; owner++) {
    const userId = await insertUser(pool, { email: `${owner}@test`, passwordHash: "-", isAdmin: false });
    await permitUser(pool, userId, platformId);
    jobTokens.push((await issueCredential(pool, { kind: "job", label: "simulation", userId })).secret);
    if (owner >= keys) continue;
    const key = await issueCredential(pool, { kind: "worker", label: "simulation", userId });
    await bindWorkerKey(pool, key.id, platformId);
    workerKeys.push(key.secret);
  }
  const administrator = await insertUser(pool, { email: "admin@test", passwordHash: "-", isAdmin: true });
  const login = await issueCredential(pool, { kind: "login", userId: administrator });
  const client = await pool.connect();
  const apis: ApiProcess[] = [];
  for (let index = 0; index < apisMax; index++) apis.push(await createApiProcess(`api ${index}`));
  return {
    database: await prepareDatabase(client),
    apis,
    jobTokens,
    workerKeys,
    administratorToken: login.secret,
    async close() {
      const ended = new Promise((resolve) => client.once("end", resolve));
      client.release();
      if (embedded !== undefined) return embedded.close();
      await Promise.all([pool.end(), ended]);
    },
  };
}

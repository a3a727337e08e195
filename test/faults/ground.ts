import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isTerminal } from "@corbenic/protocol";
import pg from "pg";
import { bindWorkerKey } from "../../server/src/credentials/credential-store.ts";
import { issueCredential } from "../../server/src/credentials/credentials.ts";
import type { Database, Queryable } from "../../server/src/database/database.ts";
import { migrate } from "../../server/src/database/migrate.ts";
import { verifyLifecycle } from "../../server/src/maintenance/verify-lifecycle.ts";
import { announcePlatform, permitUser } from "../../server/src/platforms/platform-store.ts";
import { insertUser } from "../../server/src/users/user-store.ts";
import {
  type PrivatePostgres,
  type PrivatePostgresOptions,
  startPrivatePostgres,
} from "../../server/test/private-postgres.ts";
import type { FinalJob, History } from "./history.ts";

export interface Credentials {
  readonly jobToken: string;
  readonly workerKeys: readonly string[];
}

/** Accounts, a platform and keys, as an operator would make them. */
export async function populate(database: Pick<Database, "pool">): Promise<Credentials> {
  const { pool } = database;
  await migrate(pool);
  const platformId = await announcePlatform(pool, {
    name: "sim:test",
    type: "simulator",
    specs: { available_commands: ["probs"] },
  });
  const userId = await insertUser(pool, { email: "faults@test", passwordHash: "-", isAdmin: false });
  await permitUser(pool, userId, platformId);
  const workerKeys: string[] = [];
  for (let count = 0; count < 3; count++) {
    const key = await issueCredential(pool, { kind: "worker", label: "faults", userId });
    await bindWorkerKey(pool, key.id, platformId);
    workerKeys.push(key.secret);
  }
  const token = await issueCredential(pool, { kind: "job", label: "faults", userId });
  return { jobToken: token.secret, workerKeys };
}

export interface PostgresGround extends Credentials {
  readonly postgres: PrivatePostgres;
  readonly pool: pg.Pool;
  readonly dataDirectory: string;
  close(): Promise<void>;
}

/** A PostgreSQL server that loses nothing, with everything that a cloud needs in it. */
export async function openPostgresGround(
  options: Omit<PrivatePostgresOptions, "fsync"> = {},
): Promise<PostgresGround> {
  const postgres = await startPrivatePostgres({ fsync: true, ...options });
  if (postgres === undefined) throw new Error("PostgreSQL is not installed");
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  pool.on("error", () => undefined);
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-faults-"));
  return {
    postgres,
    pool,
    dataDirectory,
    ...(await populate({ pool })),
    async close() {
      await pool.end();
      await postgres.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** How long jobs that nobody follows may take to end: all attempts, and the pauses between them. */
const settleMs = 90_000;

/**
 * Waits until every job has ended, also those whose submission was never answered and that nobody follows. What is
 * left then is stuck.
 */
export async function settle(db: Queryable): Promise<void> {
  const until = performance.now() + settleMs;
  while (performance.now() < until && (await countUnended(db)) > 0) await sleep(200);
}

export async function countUnended(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ jobs: number }>(
    "select count(*)::int as jobs from jobs where ended_at is null",
  );
  return rows[0]!.jobs;
}

/** Compares what everybody was told with what the database holds, and prints the verdict. */
export async function judge(db: Queryable, history: History, title: string): Promise<boolean> {
  const { rows } = await db.query<FinalJob>(
    `select j.id, j.state, j.attempt, j.attempts_counted, j.attempts_max, r.results
       from jobs j left join job_results r on r.job_id = j.id`,
  );
  history.close(rows);
  const { findings, events } = await verifyLifecycle(db);
  const states = Object.entries(Object.groupBy(rows, ({ state }) => state)).map(
    ([state, jobs]) => `${state} ${jobs?.length}`,
  );
  const count = (prefix: string) => history.violations.filter((text) => text.startsWith(prefix)).length;
  console.log(
    `${title}: ${rows.length} jobs (${states.join(", ")}), ${events} events · lost ${count("I12")} · duplicated ${count("I3")} · ` +
      `changed after the end ${count("I2")} · stale accepted ${findings.length} · stuck ${rows.filter(({ state }) => !isTerminal(state)).length} · 5xx ${count("5xx")}`,
  );
  const all = [...history.violations, ...findings.map(({ jobId, says }) => `${jobId}: ${says}`)];
  for (const text of all.slice(0, 10)) console.log(`  ${text}`);
  return all.length === 0;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

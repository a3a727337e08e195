import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../../server/src/database/database.ts";
import { openDatabase } from "../../server/src/database/open-database.ts";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { countUnended, freePort, judge, populate } from "./ground.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const killsEach = 50;
const looksMax = 12;

/** Kills the server with its embedded database under load, fifty times a round. */
export async function killEmbedded(rounds: number): Promise<boolean> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-faults-"));
  const prepared = await openDatabase({ dataDirectory });
  const { jobToken, workerKeys } = await populate(prepared);
  await prepared.close();
  const server = createKillableServer({ port: await freePort(), dataDirectory });
  const load = startLoad({ baseUrl: server.url, token: jobToken }, { users: 12, pauseMs: 60 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = workerKeys.map((key) =>
    startWorker({ url: server.url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  let slowestMs = 0;
  for (let kill = 0; kill < rounds * killsEach; kill++) {
    slowestMs = Math.max(slowestMs, await server.start());
    await sleep(300 + Math.random() * 1_500);
    await server.kill();
  }
  await server.start();
  await load.stop();
  await server.kill("SIGTERM");
  const database = await openWhenSettled(dataDirectory, server);
  await Promise.all(workers.map((worker) => worker.stop()));
  const sound = await judge(database.pool, load.history, "Embedded kills");
  console.log(
    `  ${rounds * killsEach} kills, ${load.answers()} answers to users, slowest restart ${slowestMs.toFixed(0)} ms`,
  );
  await database.close();
  rmSync(dataDirectory, { recursive: true, force: true });
  return sound;
}

/** Gives jobs that nobody follows time to end: only a server that is stopped lets its database be looked at. */
async function openWhenSettled(dataDirectory: string, server: KillableServer): Promise<Database> {
  for (let look = 1; ; look++) {
    const database = await openDatabase({ dataDirectory });
    if (look === looksMax || (await countUnended(database.pool)) === 0) return database;
    await database.close();
    await server.start();
    await sleep(5_000);
    await server.kill("SIGTERM");
  }
}

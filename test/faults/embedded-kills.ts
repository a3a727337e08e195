import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../server/src/database/open-database.ts";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, populate } from "./ground.ts";
import { createKillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const killsEach = 50;

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
  await Promise.all(workers.map((worker) => worker.stop()));
  await server.kill("SIGTERM");
  const database = await openDatabase({ dataDirectory });
  const sound = await judge(database.pool, load.history, "Embedded kills");
  console.log(
    `  ${rounds * killsEach} kills, ${load.answers()} answers to users, slowest restart ${slowestMs.toFixed(0)} ms`,
  );
  await database.close();
  rmSync(dataDirectory, { recursive: true, force: true });
  return sound;
}

import { setTimeout as sleep } from "node:timers/promises";
import { failpoints } from "../../server/src/failpoint.ts";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { describeTried, tryFailpoints } from "./failpoint-queue.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const operations = [
  "submitJob",
  "getJobStatus",
  "getJobResult",
  "cancelJob",
  "rerunJob",
  "fetchJob",
  "renewLease",
  "stageResult",
  "completeJob",
  "failJob",
  "releaseLease",
  "reaper",
] as const;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** How long a process may live without coming to its failpoint. */
const patienceMs = 8_000;

/** Kills the API process at every point of every operation, under load; something starts it again each time. */
export async function killApi(rounds: number): Promise<boolean> {
  const ground = await openPostgresGround();
  const port = await freePort();
  const server = createKillableServer({
    port,
    dataDirectory: ground.dataDirectory,
    databaseUrl: ground.postgres.url,
  });
  const load = startLoad({ baseUrl: server.url, token: ground.jobToken }, { users: 12, pauseMs: 60 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = ground.workerKeys.map((key) =>
    startWorker({ url: server.url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  // One that comes and goes hands its jobs back.
  let leaving = false;
  const comingAndGoing = (async () => {
    while (!leaving) {
      const worker = startWorker({
        url: server.url,
        key: ground.workerKeys[0]!,
        log: silent,
        runner: createEchoRunner(),
      });
      await sleep(700);
      await worker.stop();
    }
  })();
  let slowestMs = 0;
  // Nobody waits for an answer of the reaper.
  const all = operations
    .flatMap((operation) => failpoints.map((point) => `${operation}.${point}`))
    .filter((failpoint) => failpoint !== "reaper.after_reply");
  const tried = await tryFailpoints(Array.from({ length: rounds }, () => all).flat(), async (failpoint) => {
    const times = 1 + Math.floor(Math.random() * 3);
    slowestMs = Math.max(slowestMs, await server.start(`${failpoint}:${times}`));
    const died = await Promise.race([server.ended.then(() => true), sleep(patienceMs).then(() => false)]);
    if (!died) await server.kill();
    return died;
  });
  await server.start();
  leaving = true;
  await comingAndGoing;
  await load.stop();
  await settle(ground.pool);
  await Promise.all(workers.map((worker) => worker.stop()));
  const sound = await judge(ground.pool, load.history, "API kills");
  console.log(
    `  ${describeTried(tried)}, ${load.answers()} answers to users, slowest restart ${slowestMs.toFixed(0)} ms`,
  );
  await server.kill("SIGTERM");
  await ground.close();
  return sound;
}

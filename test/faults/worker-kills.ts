import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describeTried, tryFailpoints } from "./failpoint-queue.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { startWorkerProcess } from "./start-worker-process.ts";

const operations = ["fetch", "heartbeat", "part", "result", "fail", "release"] as const;
const points = ["before_send", "on_the_wire", "headers_heard", "after_answer", "afterwards"] as const;

/** How long a worker may live without coming to its failpoint. */
const patienceMs = 10_000;

/** Kills the workers at every point of every operation; the cloud stays, and must lose nothing with them. */
export async function killWorkers(rounds: number): Promise<boolean> {
  const ground = await openPostgresGround();
  const server = createKillableServer({
    port: await freePort(),
    dataDirectory: ground.dataDirectory,
    databaseUrl: ground.postgres.url,
  });
  await server.start();
  const load = startLoad({ baseUrl: server.url, token: ground.jobToken }, { users: 8, pauseMs: 60 });

  const startWorker = (index: number, failpoint?: string) =>
    startWorkerProcess({
      url: server.url,
      key: ground.workerKeys[index % ground.workerKeys.length]!,
      spoolDirectory: join(ground.dataDirectory, `spool-${index}`),
      failpoint,
    });

  const steady = startWorker(0);
  const all = operations.flatMap((operation) => points.map((point) => `${operation}.${point}`));
  const tried = await tryFailpoints(Array.from({ length: rounds }, () => all).flat(), async (failpoint) => {
    const doomed = startWorker(1, `${failpoint}:${1 + Math.floor(Math.random() * 2)}`);
    const ended = once(doomed, "exit");
    const [, signal] = await Promise.race([ended, sleep(patienceMs).then(() => [null, null])]);
    doomed.kill("SIGKILL");
    await ended;
    return signal === "SIGKILL";
  });
  await load.stop();
  await settle(ground.pool);
  steady.kill("SIGTERM");
  await once(steady, "exit");
  const sound = await judge(ground.pool, load.history, "Worker kills");
  console.log(`  ${describeTried(tried)}, ${load.answers()} answers to users`);
  await server.kill("SIGTERM");
  await ground.close();
  return sound;
}

import { setTimeout as sleep } from "node:timers/promises";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer, shortLimits } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const freezesEach = 12;

/** Freezes one of two API processes in the middle of whatever it does, for up to three leases, and lets it go on. */
export async function freezeApi(rounds: number): Promise<boolean> {
  const ground = await openPostgresGround();
  const servers = await Promise.all(
    [0, 1].map(async (index) =>
      createKillableServer({
        port: await freePort(),
        dataDirectory: `${ground.dataDirectory}/${index}`,
        databaseUrl: ground.postgres.url,
      }),
    ),
  );
  for (const server of servers) await server.start();
  const load = startLoad({ baseUrl: servers[0]!.url, token: ground.jobToken }, { users: 12, pauseMs: 80 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = ground.workerKeys.map((key, index) =>
    startWorker({ url: servers[index % 2]!.url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  let longestMs = 0;
  for (let freeze = 0; freeze < rounds * freezesEach; freeze++) {
    await sleep(300 + Math.random() * 700);
    const { pid } = servers[freeze % 2]!;
    const ms = Math.random() * 3 * shortLimits.leaseMs!;
    process.kill(pid, "SIGSTOP");
    await sleep(ms);
    process.kill(pid, "SIGCONT");
    longestMs = Math.max(longestMs, ms);
  }
  await load.stop();
  await settle(ground.pool);
  await Promise.all(workers.map((worker) => worker.stop()));
  const sound = await judge(ground.pool, load.history, "API freezes");
  console.log(
    `  ${rounds * freezesEach} freezes of up to ${longestMs.toFixed(0)} ms (a lease is ${shortLimits.leaseMs} ms), ${load.answers()} answers to users`,
  );
  for (const server of servers) await server.kill("SIGTERM");
  await ground.close();
  return sound;
}

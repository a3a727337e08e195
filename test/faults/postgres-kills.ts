import { setTimeout as sleep } from "node:timers/promises";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer } from "./killable-server.ts";
import { startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const killsEach = 10;

/** Kills the database under load at instants that are drawn, ten times a round; two API processes stay. */
export async function killPostgres(rounds: number): Promise<boolean> {
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
  const backMs: number[] = [];
  for (let kill = 0; kill < rounds * killsEach; kill++) {
    await sleep(500 + Math.random() * 2_000);
    await ground.postgres.crash();
    await sleep(Math.random() * 1_500);
    const begun = performance.now();
    await ground.postgres.restart();
    const before = load.answers();
    while (load.answers() === before) await sleep(10);
    backMs.push(performance.now() - begun);
  }
  await load.stop();
  await settle(ground.pool);
  await Promise.all(workers.map((worker) => worker.stop()));
  const sound = await judge(ground.pool, load.history, "PostgreSQL kills");
  const refusals = [...load.history.refusals].map(([code, n]) => `${code} ${n}`).join(", ");
  console.log(
    `  ${backMs.length} kills, ${load.answers()} answers to users, slowest return ${Math.max(...backMs).toFixed(0)} ms; refusals: ${refusals}`,
  );
  for (const server of servers) await server.kill("SIGTERM");
  await ground.close();
  return sound;
}

import { setTimeout as sleep } from "node:timers/promises";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, openPostgresGround, type PostgresGround, settle } from "./ground.ts";
import { createKillableServer, type KillableServer } from "./killable-server.ts";
import { type Load, startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";
import { type PercevalClient, percevalPath, startPerceval } from "./perceval.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const restartsEach = 6;

interface Scene {
  readonly ground: PostgresGround;
  readonly servers: readonly KillableServer[];
  readonly ports: readonly number[];
  readonly balancer: Balancer;
  readonly load: Load;
}

/** Restarts two API processes in turns behind a balancer, under load and with Perceval clients that poll. */
export function restartInTurns(rounds: number): Promise<boolean> {
  return onStage("Rolling restarts", async ({ servers, ports, balancer }) => {
    for (let restart = 0; restart < rounds * restartsEach; restart++) {
      await sleep(1_500);
      const going = restart % servers.length;
      // As an operator does it: first out of the balancer, then asked to stop, started, and back.
      balancer.route(ports.filter((_, index) => index !== going));
      await servers[going]!.kill("SIGTERM");
      await servers[going]!.start();
      balancer.route(ports);
    }
    return `${rounds * restartsEach} restarts`;
  });
}

/** Restarts the database while Perceval clients poll, by asking it to stop and by killing it. */
export function restartDatabase(rounds: number): Promise<boolean> {
  return onStage("Database restarts", async ({ ground }) => {
    for (let restart = 0; restart < rounds * restartsEach; restart++) {
      await sleep(2_500);
      await ground.postgres.crash();
      await ground.postgres.restart();
    }
    return `${rounds * restartsEach} restarts`;
  });
}

/** Cuts the network between clients, workers and the cloud, and lets it hang, for up to three leases. */
export function cutNetwork(rounds: number): Promise<boolean> {
  return onStage(
    "Network cuts",
    async ({ balancer }) => {
      for (let cut = 0; cut < rounds * restartsEach * 2; cut++) {
        await sleep(1_000);
        if (cut % 2 === 0) balancer.cut();
        else balancer.stall();
        await sleep(Math.random() * 6_000);
        balancer.mend();
      }
      return `${rounds * restartsEach} cuts and as many stalls`;
    },
    { withPerceval: false },
  );
}

async function onStage(
  title: string,
  act: (scene: Scene) => Promise<string>,
  { withPerceval = true } = {},
): Promise<boolean> {
  const ground = await openPostgresGround();
  const ports = [await freePort(), await freePort()];
  const servers = ports.map((port, index) =>
    createKillableServer({
      port,
      dataDirectory: `${ground.dataDirectory}/${index}`,
      databaseUrl: ground.postgres.url,
    }),
  );
  for (const server of servers) await server.start();
  const balancer = await startBalancer(ports);
  const url = `http://127.0.0.1:${balancer.port}`;
  const load = startLoad({ baseUrl: url, token: ground.jobToken }, { users: 8, pauseMs: 80 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = ground.workerKeys.map((key) =>
    startWorker({ url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  const perceval = withPerceval ? startClients(url, ground.jobToken) : [];
  const says = await act({ ground, servers, ports, balancer, load });
  const polled = await Promise.all(perceval.map((client) => client.stop()));
  await load.stop();
  await settle(ground.pool);
  await Promise.all(workers.map((worker) => worker.stop()));
  let sound = await judge(ground.pool, load.history, title);
  console.log(`  ${says}, ${load.answers()} answers to users`);
  for (const counts of polled) {
    console.log(`  a Perceval client: ${JSON.stringify(counts)}`);
    sound &&= counts.raised === 0 && counts.polls > 0;
  }
  for (const server of servers) await server.kill("SIGTERM");
  await balancer.close();
  await ground.close();
  return sound;
}

function startClients(url: string, token: string): PercevalClient[] {
  const path = percevalPath();
  if (path === undefined) {
    console.log("  Perceval clients: skipped, since PERCEVAL_PATH names no folders of it");
    return [];
  }
  return [1, 2].map(() => startPerceval(path, { url, token }));
}

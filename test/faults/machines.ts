import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { freePort, judge, openPostgresGround, settle } from "./ground.ts";
import { createKillableServer, shortLimits } from "./killable-server.ts";
import { type Load, startLoad } from "./load.ts";
import { type CabledMachine, openCabledMachine } from "./network-namespaces.ts";
import { observedFetch } from "./observed-fetch.ts";
import { startWorkerProcess } from "./start-worker-process.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const cutsEach = 12;
/** Longer than the database waits for a machine that it does not hear. */
const longMs = 45_000;

/**
 * Pulls the cables of other machines, one of which runs an API process and one a worker, for up to three leases, and
 * in the end that of the API process for longer than anybody waits. An API process and a worker beside the database
 * stay.
 */
export async function pullCables(rounds: number): Promise<boolean> {
  const machines = [openCabledMachine(1), openCabledMachine(2)];
  const [ofApi, ofWorker] = machines;
  try {
    if (ofApi !== undefined && ofWorker !== undefined) return await between(ofApi, ofWorker, rounds);
    console.log("Machines cut off: skipped, since this user may make no network namespaces");
    return true;
  } finally {
    for (const machine of machines) machine?.close();
  }
}

async function between(ofApi: CabledMachine, ofWorker: CabledMachine, rounds: number): Promise<boolean> {
  const ground = await openPostgresGround({ address: ofApi.here });
  const databaseUrl = ground.postgres.url.replace("127.0.0.1", ofApi.here);
  const near = createKillableServer({
    host: ofWorker.here,
    port: await freePort(),
    dataDirectory: `${ground.dataDirectory}/near`,
    databaseUrl,
  });
  const far = createKillableServer({
    host: ofApi.there,
    port: await freePort(),
    dataDirectory: `${ground.dataDirectory}/far`,
    databaseUrl,
    on: ofApi.command,
  });
  for (const server of [near, far]) await server.start();
  const nearLoad = startLoad({ baseUrl: near.url, token: ground.jobToken }, { users: 8, pauseMs: 80 });
  const { history } = nearLoad;
  const farLoad = startLoad({ baseUrl: far.url, token: ground.jobToken }, { users: 4, pauseMs: 80, history });
  const machine = { ...thisMachine, fetch: observedFetch(history) };
  const workers = [near, far].map((server, index) =>
    startWorker({
      url: server.url,
      key: ground.workerKeys[index]!,
      log: silent,
      machine,
      runner: createEchoRunner(),
    }),
  );
  const away = startWorkerProcess({ url: near.url, key: ground.workerKeys[2]!, on: ofWorker });

  for (let cut = 0; cut < rounds * cutsEach; cut++) {
    await sleep(500 + Math.random() * 1_000);
    const cutOff = cut % 2 === 0 ? ofApi : ofWorker;
    cutOff.pullOut();
    await sleep(Math.random() * 3 * shortLimits.leaseMs!);
    cutOff.plugIn();
  }
  await sleep(2_000);
  const holder = await holdAccount(ofApi, databaseUrl);
  ofApi.pullOut();
  const nearStallMs = await longestStall(nearLoad, longMs);
  ofApi.plugIn();
  const farStallMs = await longestStall(farLoad, 15_000);
  holder.kill("SIGKILL");

  await Promise.all([nearLoad.stop(), farLoad.stop()]);
  await settle(ground.pool);
  await Promise.all(workers.map((worker) => worker.stop()));
  away.kill("SIGTERM");
  await once(away, "exit");
  const sound = await judge(ground.pool, history, "Machines cut off");
  console.log(
    `  ${rounds * cutsEach} cuts of up to ${3 * shortLimits.leaseMs!} ms and one of ${longMs} ms, ${nearLoad.answers() + farLoad.answers()} answers to users`,
  );
  console.log(
    `  cut off in the middle of a submission: the machine that stayed took no job of that account for ${nearStallMs.toFixed(0)} ms; the other, when it was back, for ${farStallMs.toFixed(0)} ms at most`,
  );
  for (const server of [near, far]) await server.kill("SIGTERM");
  await ground.close();
  return sound && nearStallMs < longMs / 2;
}

/** A process on that machine that holds the users' account, as in the middle of a submission. */
async function holdAccount(machine: CabledMachine, databaseUrl: string): Promise<ChildProcess> {
  const main = new URL("./lock-holder.ts", import.meta.url).pathname;
  const [program, args] = machine.command(process.execPath, [main]);
  const holder = spawn(program, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  await once(holder.stdout!, "data");
  return holder;
}

/** @returns the longest time between two jobs that were acknowledged, within so many milliseconds */
async function longestStall(load: Load, ms: number): Promise<number> {
  let [count, at, longest] = [load.submissions(), performance.now(), 0];
  for (const until = at + ms; performance.now() < until; await sleep(10)) {
    longest = Math.max(longest, performance.now() - at);
    if (load.submissions() !== count) [count, at] = [load.submissions(), performance.now()];
  }
  return longest;
}

import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../../server/src/database/open-database.ts";
import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { mountSmallDisk, type SmallDisk } from "./disk-full.ts";
import { createEchoRunner } from "./echo-runner.ts";
import { type Credentials, freePort, judge, openPostgresGround, populate, settle } from "./ground.ts";
import { createKillableServer, type KillableServerOptions } from "./killable-server.ts";
import { type Load, startLoad } from "./load.ts";
import { observedFetch } from "./observed-fetch.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const fillingsEach = 4;
const fullMs = 6_000;
const diskMegabytes = 384;

/** Fills the disk of the database under load, and makes room again. */
export async function fillDisks(rounds: number): Promise<boolean> {
  const disks = ["the embedded database", "PostgreSQL"].map(() => mountSmallDisk(diskMegabytes));
  const [embedded, postgres] = disks;
  if (embedded === undefined || postgres === undefined) {
    console.log("Full disks: skipped, since this user may not mount a small one");
    return true;
  }
  try {
    const sound = await fillEmbedded(embedded, rounds);
    return (await fillPostgres(postgres, rounds)) && sound;
  } finally {
    for (const disk of disks) disk?.close();
  }
}

async function fillEmbedded(disk: SmallDisk, rounds: number): Promise<boolean> {
  const dataDirectory = `${disk.path}/data`;
  const prepared = await openDatabase({ dataDirectory });
  const credentials = await populate(prepared);
  await prepared.close();
  const fillings = await underLoad({ port: await freePort(), dataDirectory }, credentials, async (load) => {
    const fillings = await fillAgain(disk, load, rounds);
    await load.stop();
    await sleep(10_000);
    return fillings;
  });
  const database = await openDatabase({ dataDirectory });
  const sound = await judge(database.pool, fillings.load.history, "Full disks, embedded");
  await database.close();
  return tell(fillings) && sound;
}

async function fillPostgres(disk: SmallDisk, rounds: number): Promise<boolean> {
  const ground = await openPostgresGround({
    place: disk.path,
    settings: ["max_wal_size=64MB", "min_wal_size=32MB"],
  });
  const location = { dataDirectory: ground.dataDirectory, databaseUrl: ground.postgres.url };
  const fillings = await underLoad({ port: await freePort(), ...location }, ground, async (load) => {
    const fillings = await fillAgain(disk, load, rounds, ground.postgres.revive);
    await load.stop();
    await settle(ground.pool);
    return fillings;
  });
  const sound = await judge(ground.pool, fillings.load.history, "Full disks, PostgreSQL");
  await ground.close();
  return tell(fillings) && sound;
}

async function underLoad<T>(
  options: KillableServerOptions,
  { jobToken, workerKeys }: Credentials,
  work: (load: Load) => Promise<T>,
): Promise<T> {
  const server = createKillableServer(options);
  await server.start();
  const load = startLoad({ baseUrl: server.url, token: jobToken }, { users: 12, pauseMs: 80 });
  const machine = { ...thisMachine, fetch: observedFetch(load.history) };
  const workers = workerKeys.map((key) =>
    startWorker({ url: server.url, key, log: silent, machine, runner: createEchoRunner() }),
  );
  const outcome = await work(load);
  await Promise.all(workers.map((worker) => worker.stop()));
  await server.kill("SIGTERM");
  return outcome;
}

interface Fillings {
  readonly load: Load;
  readonly refusedWhileFull: number;
  readonly answeredWhileFull: number;
  readonly backMs: readonly number[];
}

async function fillAgain(
  disk: SmallDisk,
  load: Load,
  rounds: number,
  revive: () => Promise<void> = async () => undefined,
): Promise<Fillings> {
  let [refusedWhileFull, answeredWhileFull] = [0, 0];
  const backMs: number[] = [];
  const refusals = () => load.history.refusals.get("busy") ?? 0;
  for (let filling = 0; filling < rounds * fillingsEach; filling++) {
    await sleep(1_500);
    const before = { refusals: refusals(), answers: load.answers() };
    // Whatever the database gives back meanwhile is taken from it, too.
    for (const until = performance.now() + fullMs; performance.now() < until; await sleep(200)) disk.fill();
    refusedWhileFull += refusals() - before.refusals;
    answeredWhileFull += load.answers() - before.answers;
    disk.makeRoom();
    const begun = performance.now();
    await revive();
    const submitted = load.submissions();
    while (load.submissions() === submitted) await sleep(10);
    backMs.push(performance.now() - begun);
  }
  return { load, refusedWhileFull, answeredWhileFull, backMs };
}

/** @returns whether the disk was ever too full to take a job */
function tell({ refusedWhileFull, answeredWhileFull, backMs }: Fillings): boolean {
  console.log(
    `  ${backMs.length} times full: ${refusedWhileFull} requests refused and ${answeredWhileFull} answered meanwhile; slowest return after there was room ${Math.max(...backMs).toFixed(0)} ms`,
  );
  return refusedWhileFull > 0;
}

/**
 * How long a claim takes with a million jobs waiting, beside one of a queue that holds a single job, on PostgreSQL
 * with fsync; and what people ask for at that depth. `-- claim` runs it; CORBENIC_BENCH_JOBS changes the million.
 */
import { randomBytes } from "node:crypto";
import { migrate } from "../server/src/database/migrate.ts";
import { openPostgres } from "../server/src/database/postgres.ts";
import { listJobs } from "../server/src/jobs/job-list-store.ts";
import { countJobsInQueue } from "../server/src/jobs/job-store.ts";
import { findQueuePlace } from "../server/src/jobs/queue-place.ts";
import { insertJob } from "../server/src/jobs/submission-store.ts";
import { acquireLease } from "../server/src/leases/lease-store.ts";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { addQueue, addUsers, emptyQueues, fillQueue, type Queue, type Spread } from "./queue-fill.ts";
import { printTiming, timed, timeEach, timingOf } from "./timing.ts";

const jobs = Number(process.env.CORBENIC_BENCH_JOBS ?? 1_000_000);
const users = 1_000;
const rounds = 3_000;
const spreads: Spread[] = [
  { name: "even", jobs: `${jobs / users}`, group: "-u" },
  {
    name: "one owner has 90 %",
    jobs: `case u when 1 then ${jobs * 0.9} else ${(jobs * 0.1) / users} end`,
    group: "-u",
  },
  { name: "all of one company", jobs: `${jobs / users}`, group: "1" },
];

const server = await startPrivatePostgres({ fsync: true });
if (server === undefined) {
  console.log("PostgreSQL is not installed: there is nothing to measure.");
  process.exit(0);
}
const { pool, close } = await openPostgres(server.url);
await migrate(pool);
await addUsers(pool, users);
const single = await addQueue(pool, "sim:single");
const deep = await addQueue(pool, "sim:deep");

const claim = ({ platformId, keyId }: Queue) =>
  acquireLease(pool, {
    platformIds: [platformId],
    keyId,
    hash: randomBytes(32),
    ttlMs: 60_000,
    fetched: null,
  });
const submit = ({ platformId }: Queue, ownerId: number) =>
  insertJob(pool, {
    ownerId,
    platformId,
    name: "bench",
    groupName: null,
    command: "probs",
    shots: null,
    pcvlVersion: null,
    processId: null,
    tokenId: null,
    priority: 2,
    maxDurationS: 60,
    attemptsMax: 3,
    payload: "{}",
    rerunFrom: null,
    actor: "owner",
  });

console.log(`${jobs} jobs of ${users} users; ms${" ".repeat(29)}p50       p99       max`);
const alone: number[] = [];
for (let round = 0; round < rounds; round++) {
  await submit(single, 1 + (round % users));
  alone.push(await timed(() => claim(single)));
}
printTiming("claim, nothing else in the database", timingOf(alone));

let failed = false;
for (const spread of spreads) {
  await emptyQueues(pool);
  await fillQueue(pool, deep, users, spread);
  console.log(`\n${spread.name}`);
  const [beside, among]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    await submit(single, 1 + (round % users));
    beside.push(await timed(() => claim(single)));
    among.push(await timed(() => claim(deep)));
  }
  const [empty, full] = [timingOf(beside), timingOf(among)];
  const ratio = full.p99 / empty.p99;
  printTiming("claim of a single job, in turn with", empty);
  printTiming("claim among all that wait", full, `p99 ${ratio.toFixed(2)} × the single job's`);
  failed ||= full.p99 > 20 || ratio > 2;

  const lanes = 8;
  const together: number[] = [];
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: lanes }, async () => {
      for (let round = 0; round < rounds / lanes; round++) together.push(await timed(() => claim(deep)));
    }),
  );
  const perSecond = (together.length / (performance.now() - begun)) * 1000;
  printTiming(`${lanes} workers at once`, timingOf(together), `${perSecond.toFixed(0)} claims/s`);

  printTiming("submit", await timeEach(1_000, (round) => submit(deep, 1 + ((round * 7) % users))));
  printTiming("availability of the owner with most", await timeEach(200, () => countJobsInQueue(pool, 1)));
  const page = { by: "created", descending: true, limit: 50, after: undefined } as const;
  printTiming("first page of that owner", await timeEach(50, () => listJobs(pool, { ownerId: 1 }, page)));
  printTiming("first page of all", await timeEach(50, () => listJobs(pool, { ownerId: null }, page)));
  const waiting = { ownerId: null, states: ["waiting"] };
  printTiming("first page of all that wait", await timeEach(50, () => listJobs(pool, waiting, page)));
  const { rows } = await pool.query<{ id: string }>(
    "select id from jobs where owner_id = 1 and state = 'waiting' order by number desc limit 1",
  );
  printTiming("place of that owner's last job", await timeEach(50, () => findQueuePlace(pool, rows[0]!.id)));

  const client = await pool.connect();
  await client.query("begin");
  const plan = await client.query<{ "QUERY PLAN": string }>(
    "explain (analyze, buffers) select * from acquire_lease(array[$1::uuid], $2, $3, 60000, null, null)",
    [deep.platformId, deep.keyId, randomBytes(32)],
  );
  await client.query("rollback");
  client.release();
  for (const line of plan.rows.slice(0, 3)) console.log(`  ${line["QUERY PLAN"]}`);
}
await close();
await server.stop();
console.log(
  failed ? "\nNOT within 20 ms and 2 × the single job's" : "\nwithin 20 ms and 2 × the single job's",
);
process.exit(failed ? 1 : 0);

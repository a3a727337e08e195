/** How soon a worker that waits at one API process is given a job that is submitted at another, on PostgreSQL. */
import { type BodyOf, call, completeJob, fetchJob, submitJob } from "@corbenic/protocol";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { machineFacts, startMeasured } from "./measured-process.ts";

const rounds = 200;
const results = JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}" });

const postgres = await startPrivatePostgres({ fsync: true });
if (postgres === undefined) {
  console.log("PostgreSQL is not installed: there is nothing to measure");
  process.exit(0);
}
console.log(`${machineFacts()}; ${rounds} jobs`);
const [here, there] = [await startMeasured(postgres.url), await startMeasured(postgres.url)];
const owner = { baseUrl: here.url, token: here.token };
const worker = { baseUrl: there.url, token: here.workerKey };
const take = async (wait_s: number) => {
  const job = await call(fetchJob, worker, { query: { wait_s, platform_name: "sim:slos" } });
  if (job === undefined) return undefined;
  const body = { lease_token: job.lease_token, results };
  const at = performance.now();
  await call(completeJob, worker, { params: { id: job.job_id }, body });
  return at;
};
while ((await take(0)) !== undefined);

const wakingMs: number[] = [];
const submittingMs: number[] = [];
for (let round = 0; round < rounds; round++) {
  const taken = take(30);
  await new Promise((resolve) => setTimeout(resolve, 20));
  const begun = performance.now();
  await call(submitJob, owner, { body: here.submission as BodyOf<typeof submitJob> });
  submittingMs.push(performance.now() - begun);
  const at = await taken;
  if (at === undefined) throw new Error("the worker was not woken in 30 s");
  wakingMs.push(at - begun);
}
await here.stop();
await there.stop();
await postgres.stop();

const at = (times: number[], share: number) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * share)]!.toFixed(1);
for (const [name, times] of [
  ["from the submission's start to the worker's answer", wakingMs],
  ["of which the submission itself", submittingMs],
] as const) {
  console.log(
    `${name.padEnd(52)} p50 ${at(times, 0.5).padStart(6)} ms   p99 ${at(times, 0.99).padStart(6)} ms`,
  );
}

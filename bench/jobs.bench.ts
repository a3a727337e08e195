/**
 * Whole jobs per second over HTTP: submit, fetch, two heartbeats, result, three looks at the status, read the result;
 * on PostgreSQL and on the embedded database, both with every commit on the disk, everything on this machine.
 * BENCH_SECONDS says for how long each, 20 unless given.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../server/src/database/open-database.ts";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { freePort, populate } from "../test/faults/ground.ts";
import { createKillableServer } from "../test/faults/killable-server.ts";
import { createHttpClient, percentile } from "./http-client.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 20);
const atOnce = 32;

const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
};
const results = JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", global_perf: 1 });

interface Measured {
  readonly jobsPerSecond: number;
  readonly submitP99: number;
  readonly statusP99: number;
  readonly residentMb: number;
  readonly slopeMbPerMinute: number;
}

async function measure(databaseUrl: string | undefined): Promise<Measured> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
  const location = databaseUrl === undefined ? { dataDirectory } : { dataDirectory, databaseUrl };
  const database = await openDatabase(location);
  const { jobToken, workerKeys } = await populate(database);
  await database.close();
  const server = createKillableServer({ port: await freePort(), limits: {}, ...location });
  await server.start();
  const client = createHttpClient(server.url, 2 * atOnce);
  const submits: number[] = [];
  const looks: number[] = [];
  const memory: { minute: number; mb: number }[] = [];
  const begun = performance.now();
  const over = () => performance.now() - begun > seconds * 1000;
  let jobs = 0;

  const timed = async <T>(into: number[], work: () => Promise<T>): Promise<T> => {
    const at = performance.now();
    const answer = await work();
    into.push(performance.now() - at);
    return answer;
  };

  async function live(index: number): Promise<void> {
    const key = workerKeys[index % workerKeys.length]!;
    while (!over()) {
      const body = { platform_name: "sim:test", payload };
      await timed(submits, () => client.ask("POST", "/api/job", jobToken, body));
      const job = await client.ask<{ job_id: string; lease_token: string } | undefined>(
        "GET",
        "/admin/job?wait_s=5",
        key,
      );
      if (job === undefined) continue;
      const lease = { lease_token: job.lease_token };
      for (const progress of [0.3, 0.6])
        await client.ask("POST", `/admin/job/${job.job_id}/heartbeat`, key, { ...lease, progress });
      for (let look = 0; look < 2; look++)
        await timed(looks, () => client.ask("GET", `/api/job/status/${job.job_id}`, jobToken));
      await client.ask("POST", `/admin/job/${job.job_id}/result`, key, { ...lease, results });
      await timed(looks, () => client.ask("GET", `/api/job/status/${job.job_id}`, jobToken));
      await client.ask("GET", `/api/job/result/${job.job_id}`, jobToken);
      jobs += 1;
    }
  }

  const watch = setInterval(
    () => memory.push({ minute: (performance.now() - begun) / 60_000, mb: residentMb(server.pid) }),
    1_000,
  );
  await Promise.all(Array.from({ length: atOnce }, (_, index) => live(index)));
  clearInterval(watch);
  const took = (performance.now() - begun) / 1000;
  const measured = {
    jobsPerSecond: jobs / took,
    submitP99: percentile(submits, 0.99),
    statusP99: percentile(looks, 0.99),
    residentMb: memory.at(-1)?.mb ?? Number.NaN,
    slopeMbPerMinute: slope(memory.slice(Math.floor(memory.length / 2))),
  };
  client.close();
  await server.kill("SIGTERM");
  rmSync(dataDirectory, { recursive: true, force: true });
  return measured;
}

function residentMb(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, "utf8")
    .split("\n")
    .find((text) => text.startsWith("VmRSS:"));
  return Number.parseInt(line!.slice(6), 10) / 1024;
}

/** Of the straight line through the second half of the run. */
function slope(points: readonly { minute: number; mb: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(({ minute }) => minute)), mean(points.map(({ mb }) => mb))];
  const above = points.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0);
  return above / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

console.log(
  `Node ${process.version}, ${cpus().length} cores, ${seconds} s each, ${atOnce} users and workers`,
);
const header = ["", "jobs/s", "submit p99 ms", "status p99 ms", "server MB", "MB/min"];
console.log(header.map((cell, i) => (i === 0 ? cell.padEnd(12) : cell.padStart(15))).join(""));
const postgres = await startPrivatePostgres({ fsync: true });
for (const [name, url] of [
  ["PostgreSQL", postgres?.url],
  ["embedded", undefined],
] as const) {
  if (name === "PostgreSQL" && url === undefined) continue;
  const { jobsPerSecond, submitP99, statusP99, residentMb: mb, slopeMbPerMinute } = await measure(url);
  const cells = [jobsPerSecond, submitP99, statusP99, mb, slopeMbPerMinute].map((value) =>
    value.toFixed(1).padStart(15),
  );
  console.log(name.padEnd(12) + cells.join(""));
}
await postgres?.stop();
process.exit(0);

/**
 * Whole jobs per second over HTTP on PostgreSQL and on the embedded database, both with every commit on the disk, and
 * everything on this machine, this load too. The processor time of a job tells what a quiet machine would do.
 * BENCH_SECONDS says for how long each, 20 unless given; BENCH_DATABASE names one of the two.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../server/src/database/open-database.ts";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { freePort, populate } from "../test/faults/ground.ts";
import { createKillableServer } from "../test/faults/killable-server.ts";
import { percentile } from "./http-client.ts";
import { liveJobs, operations } from "./job-lives.ts";
import { processorMs, residentMb } from "./processor-time.ts";

const seconds = Number(process.env.BENCH_SECONDS ?? 20);
const atOnce = Number(process.env.BENCH_AT_ONCE ?? 32);

async function measure(name: string, databaseUrl: string | undefined, databasePid: number | undefined) {
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
  const location = databaseUrl === undefined ? { dataDirectory } : { dataDirectory, databaseUrl };
  const database = await openDatabase(location);
  const credentials = await populate(database);
  await database.close();
  const server = createKillableServer({ port: await freePort(), limits: {}, ...location });
  await server.start();
  const spent = () => ({
    server: processorMs(server.pid),
    database: databasePid === undefined ? 0 : processorMs(databasePid),
    load: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
  });
  await liveJobs({ url: server.url, ...credentials, atOnce, seconds: Math.min(5, seconds / 4) });
  const memory: { minute: number; mb: number }[] = [];
  const begun = performance.now();
  const before = spent();
  const watch = setInterval(
    () => memory.push({ minute: (performance.now() - begun) / 60_000, mb: residentMb(server.pid) }),
    1_000,
  );
  const lived = await liveJobs({ url: server.url, ...credentials, atOnce, seconds });
  clearInterval(watch);
  const after = spent();
  await server.kill("SIGTERM");
  rmSync(dataDirectory, { recursive: true, force: true });
  const each = (part: keyof typeof before) => ((after[part] - before[part]) / lived.jobs).toFixed(2);
  // What a process takes in its first five minutes says nothing about the next month.
  const late = memory.filter(({ minute }) => minute > Math.min(5, seconds / 120));
  console.log(`${name}: ${(lived.jobs / lived.seconds).toFixed(1)} jobs/s, ${lived.jobs} jobs`);
  console.log(
    `  processor ms of a job: server ${each("server")}, database ${each("database")}, this load ${each("load")}`,
  );
  for (const operation of operations) {
    const times = lived.millisecondsOf.get(operation)!;
    const [p50, p99] = [0.5, 0.99].map((share) => percentile(times, share).toFixed(1).padStart(8));
    console.log(`  ${operation.padEnd(10)} p50 ${p50} ms   p99 ${p99} ms   ${times.length} times`);
  }
  console.log(
    `  memory ${memory.at(-1)?.mb.toFixed(0)} MiB at the end, ${slope(late).toFixed(1)} MiB a minute`,
  );
}

/** Of the straight line through the points. */
function slope(points: readonly { minute: number; mb: number }[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(({ minute }) => minute)), mean(points.map(({ mb }) => mb))];
  const above = points.reduce((sum, { minute, mb }) => sum + (minute - x) * (mb - y), 0);
  return above / points.reduce((sum, { minute }) => sum + (minute - x) ** 2, 0);
}

console.log(`Node ${process.version}, ${cpus().length} cores, ${seconds} s each, ${atOnce} connections`);
const wanted = process.env.BENCH_DATABASE;
if (wanted !== "embedded") {
  const postgres = await startPrivatePostgres({ fsync: true });
  if (postgres === undefined) console.log("PostgreSQL is not installed: skipped");
  else {
    await measure("PostgreSQL", postgres.url, postgres.pid());
    await postgres.stop();
  }
}
if (wanted !== "postgres") await measure("embedded", undefined, undefined);
process.exit(0);

/**
 * A thousand workers that renew leases and ten thousand that wait for a job, on one server process: what they take of
 * its memory, how soon one of them hears of a job, and how long its event loop is held up.
 */
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openDatabase } from "../server/src/database/open-database.ts";
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import { freePort, populate } from "../test/faults/ground.ts";
import { createKillableServer } from "../test/faults/killable-server.ts";
import { createHttpClient, percentile } from "./http-client.ts";
import { processorMs, residentMb } from "./processor-time.ts";

const idle = 10_000;
const beating = 1_000;
const arrivals = 100;
/** Processes that wait, so that what they hear is not late because of them. */
const waitingProcesses = 4;
/** A connection each, and what a process has open besides. */
const filesNeeded = idle + beating + 500;

const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
};

if (process.send !== undefined) await beWaitingWorkers();
else await measure();

/** The other side of ten thousand connections, in a process of its own. */
async function beWaitingWorkers(): Promise<void> {
  const [url, key, count] = process.argv.slice(2) as [string, string, string];
  const client = createHttpClient(url, Number(count) + 10);
  const wait = async (): Promise<void> => {
    for (;;) {
      const job = await client
        .ask<{ job_id: string } | undefined>("GET", "/admin/job?wait_s=30", key)
        .catch(() => undefined);
      if (job !== undefined)
        process.send!({ job: job.job_id, at: performance.timeOrigin + performance.now() });
    }
  };
  for (let worker = 0; worker < Number(count); worker++) {
    void wait();
    if (worker % 20 === 0) await sleep(20);
  }
  process.send!("asked");
}

async function measure(): Promise<void> {
  const files = Number(execFileSync("sh", ["-c", "ulimit -n"]).toString());
  if (files < filesNeeded)
    throw new Error(
      `A process may open ${files} files here, and this needs ${filesNeeded}: ulimit -n ${filesNeeded}`,
    );
  const postgres = await startPrivatePostgres({ fsync: true });
  const dataDirectory = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
  const location = { dataDirectory, ...(postgres === undefined ? {} : { databaseUrl: postgres.url }) };
  const database = await openDatabase(location);
  const { jobToken, workerKeys } = await populate(database);
  await database.close();
  const server = createKillableServer({ port: await freePort(), limits: {}, ...location });
  await server.start();
  const client = createHttpClient(server.url, 50);
  const submit = () =>
    client.ask<{ job_id: string }>("POST", "/api/job", jobToken, { platform_name: "sim:test", payload });

  // A thousand leases, renewed every fifteen seconds as workers do.
  const leases: { job_id: string; lease_token: string }[] = [];
  for (let worker = 0; worker < beating; worker++) {
    await submit();
    leases.push((await client.ask("GET", "/admin/job", workerKeys[0]!))!);
  }
  await sleep(1_000);
  const beforeMb = residentMb(server.pid);
  const beats: number[] = [];
  const renew = async ({ job_id, lease_token }: (typeof leases)[number]) => {
    const at = performance.now();
    await client
      .ask("POST", `/admin/job/${job_id}/heartbeat`, workerKeys[0]!, { lease_token })
      .catch(() => undefined);
    beats.push(performance.now() - at);
  };
  let next = 0;
  const beat = setInterval(() => void renew(leases[next++ % beating]!), 15_000 / beating);

  const heard = new Map<string, number>();
  const waiting = Array.from({ length: waitingProcesses }, () =>
    fork(import.meta.filename, [server.url, workerKeys[1]!, String(idle / waitingProcesses)]),
  );
  await Promise.all(waiting.map((child) => untilAsked(child, heard)));
  await sleep(5_000);
  const afterMb = residentMb(server.pid);
  const idleBegun = { at: performance.now(), ms: processorMs(server.pid) };
  await sleep(10_000);
  const idleShare = (processorMs(server.pid) - idleBegun.ms) / (performance.now() - idleBegun.at);
  const wakeUps: number[] = [];
  for (let arrival = 0; arrival < arrivals; arrival++) {
    const at = performance.timeOrigin + performance.now();
    const { job_id } = await submit();
    while (!heard.has(job_id)) await sleep(1);
    wakeUps.push(heard.get(job_id)! - at);
    await sleep(50);
  }
  clearInterval(beat);
  console.log(
    `${idle} workers wait and ${beating} renew, on ${postgres === undefined ? "the embedded database" : "PostgreSQL"}`,
  );
  console.log(
    `memory         ${beforeMb.toFixed(0)} MB before, ${afterMb.toFixed(0)} MB with them: ${(afterMb - beforeMb).toFixed(0)} MB more`,
  );
  console.log(
    `wake-up        p50 ${percentile(wakeUps, 0.5).toFixed(1)} ms, p99 ${percentile(wakeUps, 0.99).toFixed(1)} ms, from before the submission`,
  );
  console.log(
    `renewal        p50 ${percentile(beats, 0.5).toFixed(1)} ms, p99 ${percentile(beats, 0.99).toFixed(1)} ms of ${beats.length}`,
  );
  console.log(`processor      ${(100 * idleShare).toFixed(0)} % of one core while they wait`);
  for (const child of waiting) child.kill("SIGKILL");
  client.close();
  await server.kill("SIGKILL");
  await postgres?.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
  process.exit(0);
}

/** Resolves when all connections of the process have asked for a job; notes when it hears of which. */
function untilAsked(child: ChildProcess, heard: Map<string, number>): Promise<void> {
  return new Promise((asked) => {
    child.on("message", (message: "asked" | { job: string; at: number }) => {
      if (message === "asked") asked();
      else heard.set(message.job, message.at);
    });
  });
}

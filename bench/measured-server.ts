/**
 * What a benchmark measures, as a program of its own: a cloud, or a bare Fastify handler that answers the same bytes.
 * Takes "bare", or the address of a database ("embedded" for that one) and a data directory; prints where it listens
 * and what to ask as JSON.
 */
import { call, getJobStatus, submitJob } from "@corbenic/protocol";
import { setUpLocalCloud, startServer } from "@corbenic/server";
import Fastify from "fastify";

export interface MeasuredServer {
  readonly url: string;
  readonly token: string;
  readonly workerKey: string;
  /** A job that waits. */
  readonly statusPath: string;
  readonly submitPath: string;
  readonly submission: object;
}

const submission = {
  platform_name: "sim:slos",
  job_name: "bench",
  payload: {
    command: "probs",
    circuit:
      ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
    input_state: ":PCVL:BasicState:|1,1>",
    parameters: { min_detected_photons: 2 },
    job_context: null,
  },
} as const;

const [kind, dataDirectory] = process.argv.slice(2) as [string, string];
const started = await (kind === "bare" ? startBare() : startCloud());
process.stdout.write(`${JSON.stringify(started)}\n`);

async function startBare(): Promise<MeasuredServer> {
  const app = Fastify({ logger: false });
  const status = {
    job_id: "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10",
    name: "bench",
    platform_name: "sim:slos",
    status: "waiting",
    progress: 0,
    progress_message: "",
    creation_datetime: 1_790_000_000.5,
  };
  app.get("/status", async () => status);
  app.post("/submit", async () => ({ job_id: status.job_id }));
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  process.once("SIGTERM", () => void app.close());
  return { url, token: "", workerKey: "", statusPath: "/status", submitPath: "/submit", submission };
}

async function startCloud(): Promise<MeasuredServer> {
  const server = await startServer({
    host: "127.0.0.1",
    port: 0,
    dataDirectory,
    databaseUrl: kind === "embedded" ? undefined : kind,
    consoleDirectory: null,
    logger: false,
    limits: { jobsInQueueMax: 10_000_000, queuePollMs: 600_000 },
  });
  const { jobToken: token, workerKey } = await setUpLocalCloud(server);
  const { job_id: id } = await call(submitJob, { baseUrl: server.url, token }, { body: submission });
  const statusPath = getJobStatus.path.replace("{id}", id);
  process.once("SIGTERM", () => void server.stop());
  return { url: server.url, token, workerKey, statusPath, submitPath: submitJob.path, submission };
}

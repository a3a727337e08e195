import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { StartError, setUpLocalCloud, startServer } from "@corbenic/server";
import { startWorker } from "@corbenic/worker";
import { Command, InvalidArgumentError } from "commander";
import { runFirstJob } from "./first-job.ts";
import { createLog, type LogLevel, logLevels } from "./log.ts";
import { describeReady, readyLine } from "./ready.ts";

interface DevOptions {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly once: boolean;
  readonly json: boolean;
  readonly logLevel: LogLevel;
}

const consoleDirectory = fileURLToPath(new URL("../../console/pages/", import.meta.url));

/** The one worker lives in this process: when both died, its jobs need not wait as long as on a network. */
const localLimits = { leaseMs: 10_000, reaperMs: 1_000, retryDelayMs: 500 };

export function devCommand(): Command {
  return new Command("dev")
    .description("run the whole cloud in this process: server, embedded database, one simulator worker")
    .option("--port <number>", "port to listen on, 0 for a free one", parsePort, 8080)
    .option("--data-dir <path>", "directory of the embedded database", ".corbenic")
    .option("--once", "stop after the first job", false)
    .option(
      "--json",
      "print one JSON line on standard output when ready, everything else on standard error",
      false,
    )
    .option("--log-level <level>", `one of ${logLevels.join(", ")}`, parseLogLevel, "warn")
    .action((options: Omit<DevOptions, "host">) => runDev({ ...options, host: "127.0.0.1" }));
}

/** Starts everything, runs a first job through the public API, says where everything is, and serves until stopped. */
async function runDev(options: DevOptions): Promise<void> {
  const say = (text: string) => (options.json ? process.stderr : process.stdout).write(`${text}\n`);
  const undo: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  const stopped = untilAskedToStop();
  try {
    const logger = createLog(options.logLevel);
    const dataDirectory = resolve(options.dataDir);
    const server = await startServer({
      host: options.host,
      port: options.port,
      dataDirectory,
      databaseUrl: process.env.DATABASE_URL,
      consoleDirectory,
      logger,
      limits: localLimits,
    });
    undo.push(() => server.stop());
    const cloud = await setUpLocalCloud(server);
    const worker = startWorker({ url: server.url, key: cloud.workerKey, log: server.log });
    undo.push(() => worker.stop());

    say(await runFirstJob({ url: server.url, token: cloud.jobToken }));
    const place = { url: server.url, dataDirectory, version: server.version };
    say(describeReady(place, cloud));
    if (options.json) process.stdout.write(`${readyLine(place, cloud)}\n`);
    if (!options.once) {
      await stopped;
      say("\nStopping ...");
    }
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await stop();
  }
}

/** Resolves at the first Ctrl-C or SIGTERM; the second ends the process at once. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = () => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on("SIGINT", ask);
    process.on("SIGTERM", ask);
  });
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError("A port is a whole number from 0 to 65535.");
  }
  return port;
}

function parseLogLevel(text: string): LogLevel {
  const level = logLevels.find((known) => known === text);
  if (level === undefined) throw new InvalidArgumentError(`Choose one of ${logLevels.join(", ")}.`);
  return level;
}

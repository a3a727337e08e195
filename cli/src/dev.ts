import { resolve } from "node:path";
import { Command } from "commander";
import { consoleDirectory } from "./console-directory.ts";
import { runFirstJob } from "./first-job.ts";
import { createLog } from "./log.ts";
import { describeReady, readyLine } from "./ready.ts";
import { type Values, valuesOf, withSettings } from "./settings/with-settings.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

const used = ["port", "dataDir", "databaseUrl", "logLevel"] as const;

/** The one worker lives in this process: when both died, its jobs need not wait as long as on a network. */
const localLimits = { leaseMs: 10_000, reaperMs: 1_000, retryDelayMs: 500 };

interface DevFlags {
  readonly once: boolean;
  readonly json: boolean;
  readonly qpu: boolean;
}

export function devCommand(): Command {
  const command = new Command("dev")
    .description("run the whole cloud in this process: server, database, one simulator worker")
    .option("--qpu", "also a pretend quantum processor, qpu:pretend", false)
    .option("--once", "stop after the first job", false)
    .option(
      "--json",
      "one JSON line on standard output when ready, everything else on standard error",
      false,
    );
  return withSettings(command, used).action((options: DevFlags) => runDev(valuesOf(command, used), options));
}

/** Starts everything, runs a first job through the public API, says where everything is, and serves until stopped. */
async function runDev(settings: Values<(typeof used)[number]>, { once, json, qpu }: DevFlags): Promise<void> {
  const say = (text: string) => (json ? process.stderr : process.stdout).write(`${text}\n`);
  const undo: (() => Promise<void>)[] = [];
  const { setUpLocalCloud, startServer } = await import("@corbenic/server");
  const { startWorker } = await import("@corbenic/worker");
  const { pretendQpuPlatform, startPretendQpu } = await import("@corbenic/worker/pretend-qpu");
  const stopped = untilAskedToStop();
  try {
    const dataDirectory = resolve(settings.dataDir);
    const server = await startServer({
      host: "127.0.0.1",
      port: settings.port,
      dataDirectory,
      databaseUrl: settings.databaseUrl,
      consoleDirectory,
      logger: createLog(settings.logLevel),
      limits: localLimits,
    });
    undo.push(() => server.stop());
    const cloud = await setUpLocalCloud(server, { qpu: qpu ? pretendQpuPlatform : undefined });
    const worker = startWorker({ url: server.url, key: cloud.workerKey, log: server.log });
    undo.push(() => worker.stop());
    if (cloud.qpuKey !== null) {
      const pretended = startPretendQpu({ url: server.url, key: cloud.qpuKey, log: server.log });
      undo.push(() => pretended.stop());
    }

    say(await runFirstJob({ url: server.url, token: cloud.jobToken }));
    const place = { url: server.url, dataDirectory, version: server.version };
    say(describeReady(place, cloud));
    if (json) process.stdout.write(`${readyLine(place, cloud)}\n`);
    if (!once) {
      await stopped;
      say("\nStopping ...");
    }
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

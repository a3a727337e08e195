import { Command, InvalidArgumentError } from "commander";
import { pino } from "pino";
import { UsageError } from "./exit-codes.ts";
import { createLog } from "./log.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

const used = ["url", "workerKey", "logLevel"] as const;

interface WorkerFlags {
  readonly platform?: string;
  readonly slots?: number;
  readonly memory?: number;
  readonly spool: string;
  readonly grace: number;
  readonly pretendQpu: boolean;
}

export function workerCommand(): Command {
  const command = new Command("worker")
    .description("run a worker: it takes jobs of its key's platforms from a cloud anywhere, and runs them")
    .option("--platform <name>", "only jobs of this one of the key's platforms")
    .option("--slots <number>", "jobs at the same time; one core is left free unless given", parseCount)
    .option(
      "--memory <MiB>",
      "memory for all of them together; half of the machine's unless given",
      parseCount,
    )
    .option("--spool <path>", "where finished results wait while the cloud is away", ".corbenic-worker")
    .option("--grace <seconds>", "how long jobs may finish when the worker is stopped", parseCount, 30)
    .option("--pretend-qpu", "measure with a pretend quantum processor instead of the simulator", false);
  return withSettings(command, used).action((flags: WorkerFlags) => runWorker(command, flags));
}

/** Runs until it is asked to stop, or until the cloud does not want this worker. */
async function runWorker(command: Command, flags: WorkerFlags): Promise<void> {
  const { url, workerKey, logLevel } = valuesOf(command, used);
  if (workerKey === undefined) {
    throw new UsageError("A worker needs a worker key: give --key or CORBENIC_WORKER_KEY.");
  }
  const { startWorker } = await import("@corbenic/worker");
  const { startPretendQpu } = await import("@corbenic/worker/pretend-qpu");
  const { level, stream } = createLog(logLevel);
  const log = pino({ level }, stream);
  const shared = { url, key: workerKey, log, platform: flags.platform, spoolDirectory: flags.spool };
  const worker = flags.pretendQpu
    ? startPretendQpu(shared)
    : startWorker({
        ...shared,
        slots: flags.slots,
        memoryBytesMax: flags.memory === undefined ? undefined : flags.memory * 2 ** 20,
      });
  process.stdout.write(`Taking jobs from ${url}. Ctrl-C stops it after what it runs.\n`);
  const refusal = await Promise.race([
    worker.ended,
    untilAskedToStop().then(() => worker.stop(flags.grace * 1000)),
  ]);
  if (refusal !== undefined) throw refusal;
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError("Give a whole number from 1.");
  return count;
}

import { thisMachine } from "../machine.ts";
import { type RunningWorker, startWorker, type WorkerOptions } from "../worker.ts";
import { perfsOf } from "./calibration.ts";
import { pretendQpuPlatform } from "./platform.ts";
import { keepPlatformRecord } from "./platform-record.ts";
import { createPretendQpu, type QpuOptions, qpuDefaults } from "./qpu.ts";

export type PretendQpuOptions = Omit<WorkerOptions, "runner" | "slots" | "memoryBytesMax"> &
  Partial<Omit<QpuOptions, "machine" | "log" | "onStatus">>;

/** How long a worker that ends tries to say what its platform was last. */
const lastWordMs = 2_000;

/**
 * Starts the worker of a pretend quantum processor: all that a real one's worker must do, without the optics. The
 * cloud is told of each calibration, of the maintenance that it takes, and of the drift in between.
 */
export function startPretendQpu(options: PretendQpuOptions): RunningWorker {
  const { url, key, log, machine = thisMachine } = options;
  const gone = new AbortController();
  const record = keepPlatformRecord(
    { ...pretendQpuPlatform, name: options.platform ?? pretendQpuPlatform.name },
    { cloud: { baseUrl: url, token: key, fetch: machine.fetch }, machine, log, giveUp: gone.signal },
  );
  const runner = createPretendQpu({
    ...qpuDefaults,
    ...options,
    log,
    machine,
    onStatus: (status, calibration) => record.tell({ status, perfs: perfsOf(calibration) }),
  });
  const worker = startWorker({ ...options, machine, runner });
  const ended = worker.ended.finally(async () => {
    await Promise.race([record.settled(), machine.sleep(lastWordMs, gone.signal)]);
    gone.abort();
  });
  return {
    ended,
    async stop(graceMs) {
      await worker.stop(graceMs);
      await ended;
    },
  };
}

export { type Calibration, perfsOf } from "./calibration.ts";
export { pretendQpuPlatform } from "./platform.ts";

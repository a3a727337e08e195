import { thisMachine } from "../machine.ts";
import { type RunningWorker, startWorker, type WorkerOptions } from "../worker.ts";
import { perfsOf } from "./calibration.ts";
import { createPretendQpu, type QpuOptions, qpuDefaults } from "./qpu.ts";

export type PretendQpuOptions = Omit<WorkerOptions, "runner" | "slots" | "memoryBytesMax"> &
  Partial<Omit<QpuOptions, "machine" | "log">>;

/** Starts the worker of a pretend quantum processor: all that a real one's worker must do, without the optics. */
export function startPretendQpu(options: PretendQpuOptions): RunningWorker {
  const { log, machine = thisMachine } = options;
  const onStatus: QpuOptions["onStatus"] = (status, calibration) => {
    log.info({ status, perfs: perfsOf(calibration) }, "calibration");
    options.onStatus?.(status, calibration);
  };
  const runner = createPretendQpu({ ...qpuDefaults, ...options, log, machine, onStatus });
  return startWorker({ ...options, machine, runner });
}

export { type Calibration, perfsOf } from "./calibration.ts";

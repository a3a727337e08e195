import type { PhotonicJob } from "@corbenic/photonics/model";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import type { LeasedJob, ProblemCode } from "@corbenic/protocol";
import type { Log } from "../log.ts";
import type { Machine } from "../machine.ts";
import type { Outcome, Runner, RunOptions } from "../runner.ts";
import { createSimulationProcess, type SimulationProcess } from "../simulation-process-client.ts";
import { type Calibration, createDriftingMachine } from "./calibration.ts";

export type QpuStatus = "available" | "maintenance";

export interface QpuOptions {
  readonly machine: Machine;
  readonly log: Log;
  /** Shots that one job may ask for. */
  readonly shotsMax: number;
  readonly shotsPerSecond: number;
  /** How long the optics take to settle before the first shot of a job. */
  readonly settleMs: number;
  /** A calibration is due after so long, and takes so long; meanwhile no job is taken. */
  readonly calibrateEveryMs: number;
  readonly calibrateMs: number;
  /** How often the machine looks how far it has drifted. */
  readonly observeEveryMs: number;
  /** Told how the machine is: whenever it has looked, and when it begins and ends a calibration. */
  readonly onStatus: (status: QpuStatus, calibration: Calibration) => void;
}

/** Limits of a machine that is slow, imperfect, and taken out of service now and then. */
export const qpuDefaults = {
  shotsMax: 1_000_000,
  shotsPerSecond: 50_000,
  settleMs: 1_500,
  calibrateEveryMs: 2 * 3_600_000,
  calibrateMs: 60_000,
  observeEveryMs: 30_000,
} as const;

/** Something that behaves as a quantum processor does, one job at a time. */
export function createPretendQpu(options: QpuOptions): Runner {
  const { machine, log, calibrateEveryMs, calibrateMs, observeEveryMs } = options;
  const optics = createDriftingMachine(machine);
  let dueAt = machine.now() + calibrateEveryMs;
  const physics = createSimulationProcess({ script: new URL("./thread.ts", import.meta.url), log });
  const closed = new AbortController();
  let status: QpuStatus = "available";
  const observe = (now: QpuStatus = status) => {
    status = now;
    options.onStatus(status, optics.current());
  };
  const watchDrift = async () => {
    while (!closed.signal.aborted) {
      observe();
      await machine.sleep(observeEveryMs, closed.signal);
    }
  };
  void watchDrift();

  return {
    slots: 1,
    memoryBytesOf: () => 0,
    async untilReady(signal) {
      if (machine.now() < dueAt) return;
      log.info({}, "calibrating: no job is taken meanwhile");
      observe("maintenance");
      await machine.sleep(calibrateMs, signal);
      optics.calibrate();
      dueAt = machine.now() + calibrateEveryMs;
      observe("available");
    },
    async run(job, run) {
      const asked = shotsAskedBy(job);
      if (typeof asked === "object") return asked;
      const refusal = refusalOf(asked, options);
      if (refusal !== undefined) {
        return {
          kind: "failed",
          message: refusal,
          code: "platform_limit_exceeded" satisfies ProblemCode,
          retryable: false,
        };
      }
      await machine.sleep(options.settleMs, run.signal);
      const calibration = optics.current();
      return measure(physics, job, asked, calibration, options, run);
    },
    async close() {
      closed.abort();
      await physics.close();
    },
  };
}

/** Computes what the machine would have shown, and lets as much time pass as its shots would have taken. */
async function measure(
  physics: SimulationProcess,
  job: LeasedJob,
  shots: number,
  calibration: Calibration,
  { machine, shotsPerSecond }: QpuOptions,
  { signal, onProgress }: RunOptions,
): Promise<Outcome> {
  const computed = physics.run(job.payload, { signal, onProgress: () => undefined }, calibration);
  const steps = 20;
  for (let step = 1; step <= steps && !signal.aborted; step++) {
    await machine.sleep(((shots / shotsPerSecond) * 1000) / steps, signal);
    onProgress(step / steps, "acquisition");
  }
  return computed;
}

/** The shots of all iterations together, or how the job fails without a shot. */
function shotsAskedBy(leased: LeasedJob): number | Outcome {
  let job: PhotonicJob;
  try {
    job = decodePayload(leased.payload);
  } catch (error) {
    if (error instanceof BadPayload) {
      return {
        kind: "failed",
        message: error.message,
        code: "invalid_payload" satisfies ProblemCode,
        retryable: false,
      };
    }
    throw error;
  }
  if (job.command === "probs") {
    const message = "A quantum processor measures and has no probabilities: use sample_count or samples.";
    return { kind: "failed", message, code: "command_not_available" satisfies ProblemCode, retryable: false };
  }
  const each = job.iterations.length === 0 ? [undefined] : job.iterations;
  return each.reduce(
    (total, iteration) => total + (iteration?.maxShots ?? job.maxShots ?? Number.POSITIVE_INFINITY),
    0,
  );
}

function refusalOf(shots: number, { shotsMax }: QpuOptions): string | undefined {
  if (shots === Number.POSITIVE_INFINITY)
    return `The job must bound its shots: set max_shots, to ${shotsMax} at most.`;
  if (shots > shotsMax) return `The job asks for ${shots} shots and this platform makes ${shotsMax} at most.`;
  return undefined;
}

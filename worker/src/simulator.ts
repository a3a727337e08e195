import { availableParallelism, totalmem } from "node:os";
import { estimateJob, perfsOfSpeed, quantity } from "@corbenic/photonics/cost";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import type { LeasedJob } from "@corbenic/protocol";
import type { Log } from "./log.ts";
import type { Runner } from "./runner.ts";
import { createSimulationProcess, type SimulationProcess } from "./simulation-process-client.ts";

export interface SimulatorOptions {
  /** Jobs at the same time; one process for each. Unless given, one core is left for everything else. */
  readonly slots?: number | undefined;
  readonly memoryBytesMax: number;
  readonly log?: Log | undefined;
}

/** Half of the memory that this process may have. */
export function defaultMemoryBytesMax(): number {
  const constrained = process.constrainedMemory();
  return Math.floor(Math.min(constrained > 0 ? constrained : Number.POSITIVE_INFINITY, totalmem()) / 2);
}

/** Computes jobs with the simulator, each in a process of its own, of which the first is started ahead. */
export function createSimulator({ slots, memoryBytesMax, log }: SimulatorOptions): Runner {
  const count = slots ?? Math.max(1, availableParallelism() - 1);
  const idle: SimulationProcess[] = [];
  const all: SimulationProcess[] = [];
  const takeProcess = () => {
    const taken = idle.pop() ?? createSimulationProcess({ memoryBytesMax, log });
    if (!all.includes(taken)) all.push(taken);
    return taken;
  };
  const first = takeProcess();
  idle.push(first);
  return {
    slots: count,
    async perfs() {
      const speed = await first.measure();
      return speed && perfsOfSpeed(speed);
    },
    memoryBytesOf: estimatedBytes,
    async run(job, options) {
      const taken = takeProcess();
      try {
        return await taken.run(job.payload, options);
      } finally {
        idle.push(taken);
      }
    },
    async close() {
      await Promise.all(all.map((each) => each.close()));
    },
  };
}

/** A payload that cannot be decoded takes no memory: its run says what is wrong with it. */
function estimatedBytes(job: LeasedJob): number {
  try {
    return quantity(estimateJob(decodePayload(job.payload)).memoryBytes);
  } catch (error) {
    if (error instanceof BadPayload) return 0;
    throw error;
  }
}

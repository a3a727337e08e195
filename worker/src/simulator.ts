import { availableParallelism, totalmem } from "node:os";
import { estimateJob, quantity } from "@corbenic/photonics/cost";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import type { LeasedJob } from "@corbenic/protocol";
import type { Runner } from "./runner.ts";
import { createSimulationThread, type SimulationThread } from "./simulation-thread-client.ts";

export interface SimulatorOptions {
  /** Jobs at the same time; one thread for each. Unless given, one core is left for everything else. */
  readonly slots?: number | undefined;
  readonly memoryBytesMax: number;
}

/** Half of the memory that this process may have. */
export function defaultMemoryBytesMax(): number {
  const constrained = process.constrainedMemory();
  return Math.floor(Math.min(constrained > 0 ? constrained : Number.POSITIVE_INFINITY, totalmem()) / 2);
}

/** Computes jobs with the simulator, each in a thread of its own. */
export function createSimulator({ slots, memoryBytesMax }: SimulatorOptions): Runner {
  const count = slots ?? Math.max(1, availableParallelism() - 1);
  const idle: SimulationThread[] = [];
  const all: SimulationThread[] = [];
  const takeThread = () => {
    const thread = idle.pop() ?? createSimulationThread({ memoryBytesMax });
    if (!all.includes(thread)) all.push(thread);
    return thread;
  };
  idle.push(takeThread());
  return {
    slots: count,
    memoryBytesOf: estimatedBytes,
    async run(job, options) {
      const thread = takeThread();
      try {
        return await thread.run(job.payload, options);
      } finally {
        idle.push(thread);
      }
    },
    async close() {
      await Promise.all(all.map((thread) => thread.close()));
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

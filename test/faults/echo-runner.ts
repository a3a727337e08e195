import { setTimeout as sleep } from "node:timers/promises";
import type { Runner } from "../../worker/src/runner.ts";

let results = 0;

/** Runs jobs by their names: what is asked of the cloud is the same as for real ones. */
export function createEchoRunner(slots = 4): Runner {
  return {
    slots,
    memoryBytesOf: () => 0,
    async run(job, { signal, onProgress }) {
      onProgress(0.5, "half");
      if (job.job_name === "slow") {
        await sleep(1_500, undefined, { signal }).catch((error: unknown) => {
          if (!signal.aborted) throw error;
        });
      }
      if (signal.aborted) return { kind: "stopped" };
      if (job.job_name === "failing")
        return { kind: "failed", message: "It fails.", retryable: Math.random() < 0.7 };
      const results_ = `:PCVL:BSCount:{|1,1>=${process.pid}${++results}}`;
      const filling = job.job_name === "large" ? { padding: "x".repeat(4.2 * 2 ** 20) } : {};
      return {
        kind: "completed",
        results: JSON.stringify({ results: results_, global_perf: 1, ...filling }),
      };
    },
    close: async () => undefined,
  };
}

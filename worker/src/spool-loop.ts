import type { LeaseLoop } from "./lease-loop.ts";
import { reportUntilHeard } from "./report.ts";
import { sendResult } from "./result.ts";

/** Reports what an earlier run of this worker had finished and could not tell; the cloud decides what still counts. */
export async function runSpoolLoop({ cloud, machine, log, spool, stopping }: LeaseLoop): Promise<void> {
  for (const result of spool.list()) {
    try {
      await reportUntilHeard(() => sendResult(cloud, result, stopping), { machine, log, giveUp: stopping });
      log.info({ job: result.job_id }, "result of an earlier run reported");
    } catch (error) {
      if (stopping.aborted) return;
      log.warn({ job: result.job_id, err: error }, "result of an earlier run no longer counts");
    }
    spool.forget(result.job_id);
  }
}

import type { JobState } from "@corbenic/protocol";

/** A job ended without a result. */
export class JobFailedError extends Error {
  override readonly name = "JobFailedError";
  readonly jobId: string;
  readonly state: JobState;

  constructor(jobId: string, state: JobState, reason: string | undefined) {
    super(`Job ${jobId} ended as ${state}${reason === undefined ? "" : `: ${reason}`}`);
    this.jobId = jobId;
    this.state = state;
  }
}

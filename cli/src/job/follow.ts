import { Job, type JobResults } from "@corbenic/sdk";
import { progressBar } from "../print/progress-bar.ts";
import type { Session } from "../session/session.ts";

/** Shows how far a job is until it has ended, and gives its results. @throws {JobFailedError} */
export async function followJob(session: Session, id: string): Promise<JobResults> {
  const job = await Job.open(session.context, session.user, id);
  const bar = progressBar();
  try {
    return await job.wait({
      onProgress: ({ status, progress, progress_message }) =>
        bar.show(status === "completed" ? 1 : progress, progress_message === "" ? status : progress_message),
    });
  } finally {
    bar.end();
  }
}

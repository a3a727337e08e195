import {
  type CallTarget,
  call,
  cancelJob,
  getJobResult,
  getJobStatus,
  isTerminal,
  type JobStatus,
} from "@corbenic/protocol";
import type { Static } from "typebox";
import { JobFailedError } from "./job-failed-error.ts";
import { type JobResults, readResults } from "./results.ts";

export interface WaitOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (status: Static<typeof JobStatus>) => void;
}

/** The pauses between looks at a job's status: short for a job that ends at once, then as rare as clients poll. */
const firstPauseMs = 20;
const longestPauseMs = 1_000;

/** A job on a cloud. */
export class RemoteJob {
  readonly id: string;
  readonly #target: CallTarget;

  constructor(target: CallTarget, id: string) {
    this.#target = target;
    this.id = id;
  }

  status(options: { signal?: AbortSignal } = {}): Promise<Static<typeof JobStatus>> {
    return call(getJobStatus, this.#target, { params: { id: this.id }, ...options });
  }

  /**
   * Waits until the job has ended and returns its results.
   * @throws {JobFailedError} when it ended as error or canceled
   */
  async wait({ signal, onProgress }: WaitOptions = {}): Promise<JobResults> {
    const options = signal === undefined ? {} : { signal };
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const status = await this.status(options);
      onProgress?.(status);
      if (status.status === "completed") return this.results(options);
      if (isTerminal(status.status)) throw new JobFailedError(this.id, status.status, status.status_message);
      await pause(pauseMs, signal);
    }
  }

  /** @throws {Problem} `job_not_finished` or `job_has_no_result` */
  async results(options: { signal?: AbortSignal } = {}): Promise<JobResults> {
    const { results } = await call(getJobResult, this.#target, { params: { id: this.id }, ...options });
    return readResults(results);
  }

  async cancel(options: { signal?: AbortSignal } = {}): Promise<void> {
    await call(cancelJob, this.#target, { params: { id: this.id }, ...options });
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    if (signal?.aborted) abort();
    else signal?.addEventListener("abort", abort, { once: true });
  });
}

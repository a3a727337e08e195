import {
  type CallTarget,
  call,
  getPlatform,
  type JobSubmission,
  type Platform,
  submitJob,
} from "@corbenic/protocol";
import type { Static } from "typebox";
import { RemoteJob } from "./remote-job.ts";

export interface CloudAddress {
  /** Such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** A job token or login token. */
  readonly token: string;
}

/** A cloud, as the account behind a token sees it. */
export class Cloud {
  readonly #target: CallTarget;

  constructor({ url, token }: CloudAddress) {
    this.#target = { baseUrl: url, token };
  }

  /** @throws {Problem} `platform_not_found` */
  platform(name: string, options: { signal?: AbortSignal } = {}): Promise<Platform> {
    return call(getPlatform, this.#target, { params: { name }, ...options });
  }

  /** Submits a job. @throws {Problem} when the cloud refuses it, with all that is wrong with it */
  async submit(
    submission: Static<typeof JobSubmission>,
    options: { signal?: AbortSignal } = {},
  ): Promise<RemoteJob> {
    const { job_id } = await call(submitJob, this.#target, { body: submission, ...options });
    return this.job(job_id);
  }

  /** The job of that id; nothing is asked of the cloud yet. */
  job(id: string): RemoteJob {
    return new RemoteJob(this.#target, id);
  }
}

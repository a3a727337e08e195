import { completeJob, failJob, type LeasedJob, releaseLease, renewLease } from "@corbenic/protocol";
import type { Api, CallOptions } from "./api.ts";
import { writeResults } from "./results.ts";

export interface RenewOptions extends CallOptions {
  /** How far the job is, from 0 to 1. */
  readonly progress?: number;
  /** The phase that it is in. */
  readonly message?: string;
}

export interface FailOptions extends CallOptions {
  /** Whether another attempt could succeed. */
  readonly retryable?: boolean;
  /** What is wrong, for programs: one of the codes of docs/job-errors.md, or one of the worker's own. */
  readonly code?: string;
}

/**
 * A worker's right to one attempt of a job, for a limited time. Reports may be sent again when their answer was lost:
 * the cloud knows them by what they say.
 */
export class Lease {
  readonly attempt: number;
  /** Seconds from the fetch, or the last renewal, until it ends. */
  readonly ttlS: number;
  /** Seconds the attempt may take. */
  readonly maxDurationS: number;
  readonly #api: Api;
  readonly #key: string;
  readonly #of: { readonly params: { readonly id: string } };
  readonly #holding: { readonly lease_token: string };
  readonly #jobContext: unknown;

  constructor(api: Api, key: string, job: LeasedJob) {
    this.#api = api;
    this.#key = key;
    this.#of = { params: { id: job.job_id } };
    this.#holding = { lease_token: job.lease_token };
    this.#jobContext = job.payload.job_context;
    this.attempt = job.attempt;
    this.ttlS = job.lease_ttl_s;
    this.maxDurationS = job.max_duration_s;
  }

  /** Renews it and reports progress. @returns whether the owner wants the job canceled @throws {CloudError} `lease_lost` */
  async renew({ progress, message, signal }: RenewOptions = {}): Promise<{ readonly cancel: boolean }> {
    const body = {
      ...this.#holding,
      ...(progress === undefined ? {} : { progress }),
      ...(message === undefined ? {} : { progress_message: message }),
    };
    const { cancel } = await this.#api.call(renewLease, this.#key, { ...this.#of, body, signal }, safe);
    return { cancel };
  }

  /**
   * Ends the job with its results.
   * @param results probabilities by state, or the JSON string that clients parse
   * @throws {CloudError} `lease_lost`, `result_conflict`, or `invalid_payload` for what no client could read
   */
  async complete(results: string | ReadonlyMap<string, number>, { signal }: CallOptions = {}): Promise<void> {
    const text = typeof results === "string" ? results : writeResults(results, this.#jobContext);
    const body = { ...this.#holding, results: text };
    await this.#api.call(completeJob, this.#key, { ...this.#of, body, signal }, safe);
  }

  /** Ends the job with a reason, or acknowledges that it was canceled. @throws {CloudError} `lease_lost` */
  async fail(message: string, { retryable = false, code, signal }: FailOptions = {}): Promise<void> {
    const body = { ...this.#holding, message, retryable, ...(code === undefined ? {} : { code }) };
    await this.#api.call(failJob, this.#key, { ...this.#of, body, signal }, safe);
  }

  /** Hands the job back, for another worker to take. @throws {CloudError} `lease_lost` */
  async release({ signal }: CallOptions = {}): Promise<void> {
    const body = this.#holding;
    await this.#api.call(releaseLease, this.#key, { ...this.#of, body, signal }, safe);
  }
}

const safe = { repeatable: true };

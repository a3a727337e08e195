import {
  cancelJob,
  cancelJobs,
  getJob,
  getJobResult,
  getJobStatus,
  isTerminal,
  type JobSubmission,
  type JobView,
  listAllJobs,
  type ResponseOf,
  rerunJob,
  submitJob,
} from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudObject } from "./cloud-object.ts";
import { defaultPlatformName } from "./default-platform.ts";
import { everyPage } from "./every-page.ts";
import { hongOuMandel } from "./hong-ou-mandel.ts";
import { JobFailedError } from "./job-failed-error.ts";
import type { Lease } from "./lease.ts";
import { drawUuid } from "./random.ts";
import { type JobResults, readResults } from "./results.ts";
import type { User } from "./user.ts";
import { type JobStatus, watchJob } from "./watch-job.ts";

/** The experiment and its parameters as the client serialized them. */
export type Payload = Readonly<Record<string, unknown>>;

export interface JobProperties {
  readonly platformName?: string;
  readonly jobName?: string;
  readonly payload?: Payload;
  readonly pcvlVersion?: string;
  readonly processId?: string;
  readonly jobId?: string;
}

export interface SubmitOptions extends CallOptions {
  /** The same key submits the same job once, however often it is sent; drawn anew for each job when absent. */
  readonly idempotencyKey?: string;
}

export interface WaitOptions extends CallOptions {
  /** Called with the first status, and with each that differs from the one before. */
  readonly onProgress?: (status: JobStatus) => void;
}

/** One request to run an experiment on a platform. */
export class Job extends CloudObject {
  static readonly JOB_NAME_KEY = "job_name";
  static readonly PLATFORM_NAME_KEY = "platform_name";
  static readonly PAYLOAD_KEY = "payload";
  static readonly PCVL_VERSION_KEY = "pcvl_version";
  static readonly PROCESS_ID_KEY = "process_id";
  static readonly DEFAULT_PLATFORM_NAME = defaultPlatformName;
  static readonly DEFAULT_PAYLOAD: Payload = hongOuMandel;

  platformName: string;
  jobName: string;
  payload: Payload;
  /** The version of the client whose form the payload has. */
  pcvlVersion: string;
  processId: string;
  /** Empty until the job is created. */
  jobId: string;
  /** What the worker holds that fetched the job; null elsewhere. */
  lease: Lease | null = null;

  constructor(properties: JobProperties = {}) {
    super();
    const { platformName, jobName, payload, pcvlVersion, processId, jobId, ...more } = properties;
    this.platformName = platformName ?? Job.DEFAULT_PLATFORM_NAME;
    this.jobName = jobName ?? "qa_job";
    this.payload = payload ?? Job.DEFAULT_PAYLOAD;
    this.pcvlVersion = pcvlVersion ?? "0.12.0";
    this.processId = processId ?? drawUuid();
    this.jobId = jobId ?? "";
    Object.assign(this, more);
  }

  static getApi(context: CloudContext): Api {
    return new Api(context, "/api/jobs");
  }

  /** The job of that id, read. @throws {CloudError} `job_not_found` */
  static async open(context: CloudContext, user: User, jobId: string, options?: CallOptions): Promise<Job> {
    const job = new Job({ jobId });
    await job.read(context, user, options);
    return job;
  }

  /**
   * Submits this job.
   * @param createDict more of the submission, or other values for parts of it
   * @throws {AssertionError} when it was created before, or the user has no token
   * @throws {CloudError} when the cloud refuses it, with all that is wrong with it
   */
  async create(
    context?: CloudContext,
    user?: User,
    createDict: Partial<JobSubmission> = {},
    { signal, idempotencyKey }: SubmitOptions = {},
  ): Promise<void> {
    requireThat(
      this.jobId === "",
      `Job ${this.jobId} is created already: make a new Job, or rerun this one.`,
    );
    const acting = this.acting(context, user);
    const body = {
      [Job.PLATFORM_NAME_KEY]: this.platformName,
      [Job.JOB_NAME_KEY]: this.jobName,
      [Job.PAYLOAD_KEY]: this.payload,
      [Job.PCVL_VERSION_KEY]: this.pcvlVersion,
      [Job.PROCESS_ID_KEY]: this.processId,
      ...createDict,
    };
    const headers = { "idempotency-key": idempotencyKey ?? drawUuid(acting.context.random) };
    const { job_id } = await Job.getApi(acting.context).call(
      submitJob,
      acting.user.jobCredential(),
      { body, headers, signal },
      { repeatable: true },
    );
    this.jobId = job_id;
  }

  /** Reads all about this job, and takes over its name and platform. @throws {CloudError} `job_not_found` */
  async read(context?: CloudContext, user?: User, { signal }: CallOptions = {}): Promise<JobView> {
    const { api, token, params } = this.#created(context, user);
    const view = await api.call(getJob, token, { params, signal });
    this.jobName = view.name;
    this.platformName = view.platform_name;
    this.pcvlVersion = view.pcvl_version ?? this.pcvlVersion;
    this.processId = view.process_id ?? this.processId;
    return view;
  }

  /**
   * Cancels this job: at once where it waits, as soon as its worker acknowledges where it runs.
   * @throws {CloudError} `job_not_found`, `job_already_over`
   */
  async cancel(
    context?: CloudContext,
    user?: User,
    { signal }: CallOptions = {},
  ): Promise<ResponseOf<typeof cancelJob>> {
    const { api, token, params } = this.#created(context, user);
    return api.call(cancelJob, token, { params, signal }, { repeatable: true });
  }

  /** @throws {CloudError} `job_not_found` */
  async getStatus(context?: CloudContext, user?: User, { signal }: CallOptions = {}): Promise<JobStatus> {
    const { api, token, params } = this.#created(context, user);
    return api.call(getJobStatus, token, { params, signal });
  }

  /** The results as the cloud gives them. @throws {CloudError} `job_not_finished`, `job_has_no_result` */
  async getResults(
    context?: CloudContext,
    user?: User,
    { signal }: CallOptions = {},
  ): Promise<ResponseOf<typeof getJobResult>> {
    const { api, token, params } = this.#created(context, user);
    return api.call(getJobResult, token, { params, signal });
  }

  /** The results with their distributions read. @throws {CloudError} `job_not_finished`, `job_has_no_result` */
  async results(options: CallOptions = {}): Promise<JobResults> {
    const { results } = await this.getResults(undefined, undefined, options);
    return readResults(results);
  }

  /** The job's status now, and again each time that it has changed, until the job has ended. */
  watch({ signal }: CallOptions = {}): AsyncGenerator<JobStatus, void, void> {
    const { api, token, params } = this.#created(undefined, undefined);
    return watchJob(api, token, params.id, signal);
  }

  /**
   * Waits until the job has ended and returns its results.
   * @throws {JobFailedError} when it ended as error or canceled
   */
  async wait({ signal, onProgress }: WaitOptions = {}): Promise<JobResults> {
    for await (const status of this.watch({ signal })) {
      onProgress?.(status);
      if (status.status !== "completed" && isTerminal(status.status)) {
        throw new JobFailedError(this.jobId, status.status, status.status_message);
      }
    }
    return this.results({ signal });
  }

  /** Submits this job, which failed or was canceled, again. @returns the new one @throws {CloudError} `job_not_failed` */
  async rerun(
    context?: CloudContext,
    user?: User,
    { signal, idempotencyKey }: SubmitOptions = {},
  ): Promise<Job> {
    const { api, token, params, acting } = this.#created(context, user);
    const headers = { "idempotency-key": idempotencyKey ?? drawUuid(acting.context.random) };
    const { job_id } = await api.call(
      rerunJob,
      token,
      { params, body: {}, headers, signal },
      { repeatable: true },
    );
    return Job.open(acting.context, acting.user, job_id, { signal });
  }

  /**
   * Cancels many jobs. Those that have ended, or are not there, are passed over.
   * @throws {AssertionError} unless the user is an administrator
   */
  static async cancelMany(
    context: CloudContext,
    jobs: readonly Job[],
    admin: User,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const token = admin.administratorCredential("cancel many jobs");
    const ids = jobs.map(({ jobId }) => jobId);
    requireThat(!ids.includes(""), "Cannot cancel jobs that were not created yet: create them first.");
    for (let from = 0; from < ids.length; from += manyMax) {
      const body = { job_ids: ids.slice(from, from + manyMax) };
      await Job.getApi(context).call(cancelJobs, token, { body, signal }, { repeatable: true });
    }
  }

  /** All jobs of the cloud, the newest first. @throws {AssertionError} unless the user is an administrator */
  static async listAll(context: CloudContext, admin: User, { signal }: CallOptions = {}): Promise<Job[]> {
    const token = admin.administratorCredential("list all jobs");
    const api = Job.getApi(context);
    return everyPage(
      (query) => api.call(listAllJobs, token, { query, signal }),
      ({ jobs }) => jobs,
      ({ job_id, name, platform_name }) => {
        const job = new Job({ jobId: job_id, jobName: name, platformName: platform_name });
        job.acting(context, admin);
        return job;
      },
    );
  }

  #created(context: CloudContext | undefined, user: User | undefined) {
    requireThat(this.jobId !== "", "This job is not created yet: create it first, or open one by its id.");
    const acting = this.acting(context, user);
    return {
      acting,
      api: Job.getApi(acting.context),
      token: acting.user.jobCredential(),
      params: { id: this.jobId },
    };
  }
}

/** What the cloud takes in one request. */
const manyMax = 1_000;

import type { Experiment } from "@corbenic/photonics/model";
import {
  type BodyOf,
  deletePlatform,
  fetchJob,
  getManagedPlatform,
  getPlatform,
  grantPermission,
  listAllPlatforms,
  type PlatformChange,
  type PlatformSpecs,
  type ResponseOf,
  registerPlatform,
  updatePlatform,
} from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import { ApiKey } from "./api-key.ts";
import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudError } from "./cloud-error.ts";
import { CloudObject } from "./cloud-object.ts";
import { defaultPlatformName } from "./default-platform.ts";
import { everyPage } from "./every-page.ts";
import { type ExperimentRequest, payloadOf, payloadVersion } from "./experiment-request.ts";
import { Job, type SubmitOptions } from "./job.ts";
import { Lease } from "./lease.ts";
import { drawUuid } from "./random.ts";
import type { User } from "./user.ts";

export interface PlatformProperties {
  readonly name?: string;
  readonly type?: string;
  readonly platformId?: string | null;
  readonly workerId?: string;
  readonly specs?: PlatformSpecs;
}

export interface FetchOptions extends CallOptions {
  /** Seconds to wait for a job, up to 30; 0 when absent. */
  readonly waitS?: number;
}

/** What jobs are sent to; for administrators also its worker. */
export class Platform extends CloudObject {
  /** Who registers and changes platforms; to be set before one is made. */
  static ADMIN: User | null = null;
  static readonly REGISTER_ENDPOINT = "/admin/platforms/register";
  static readonly JOB_ENDPOINT = "/admin/job";
  static readonly ASSIGN_ENDPOINT = "/api/platform-permissions";
  static readonly PLATFORM_NAME_KEY = "platform_name";
  static readonly DEFAULT_NAME = defaultPlatformName;

  name: string;
  type: string;
  /** Null until the platform is registered. */
  platformId: string | null;
  workerId: string;
  specs: PlatformSpecs;
  /** What its worker fetches jobs with. */
  apiKey: ApiKey | null = null;
  readonly #account: User;
  /** The key that was made for this platform alone, and goes with it. */
  #ownKey: ApiKey | null = null;

  /**
   * @param account as whom the platform is used; `Platform.ADMIN` when absent
   * @throws {AssertionError} when there is no account, or `Platform.ADMIN` is no administrator
   */
  constructor(properties: PlatformProperties = {}, account: User | null = Platform.ADMIN) {
    super();
    requireThat(account !== null, "Cannot make a platform: set Platform.ADMIN to an administrator first.");
    requireThat(
      account !== Platform.ADMIN || account.isAdmin,
      "Cannot make a platform: Platform.ADMIN is no administrator.",
    );
    this.#account = account;
    const { name, type, platformId, workerId, specs, ...more } = properties;
    this.name = name ?? "";
    this.type = type ?? "simulator";
    this.platformId = platformId ?? null;
    this.workerId = workerId ?? drawUuid();
    this.specs = specs ?? { available_commands: ["probs"] };
    Object.assign(this, more);
  }

  static getApi(context: CloudContext): Api {
    return new Api(context, "/admin/platforms");
  }

  /** A platform as an account sees it, to send it jobs. @throws {CloudError} `platform_not_found` */
  static async open(
    context: CloudContext,
    user: User,
    name: string = Platform.DEFAULT_NAME,
    { signal }: CallOptions = {},
  ): Promise<Platform> {
    const api = Platform.getApi(context);
    const view = await api.call(getPlatform, user.jobCredential(), { params: { name }, signal });
    const platform = new Platform({}, user);
    platform.acting(context, user);
    platform.#take(view);
    return platform;
  }

  /**
   * Registers this platform, under the name of `Platform.DEFAULT_NAME` where it has none. One that is registered
   * already is announced anew.
   * @param registerDict more of the registration, or other values for parts of it
   */
  async register(
    context?: CloudContext,
    registerDict: Partial<BodyOf<typeof registerPlatform>> = {},
    { signal }: CallOptions = {},
  ): Promise<void> {
    if (this.name === "") this.name = Platform.DEFAULT_NAME;
    const { api, token } = this.#administered(context);
    const body = {
      name: this.name,
      type: this.type,
      worker_id: this.workerId,
      specs: this.specs,
      ...registerDict,
    };
    this.#take(await api.call(registerPlatform, token, { body, signal }));
  }

  /** Reads this platform, and takes over what is told. */
  async read(
    context?: CloudContext,
    { signal }: CallOptions = {},
  ): Promise<ResponseOf<typeof getManagedPlatform>> {
    const { api, token, params } = this.#registered(context);
    const view = await api.call(getManagedPlatform, token, { params, signal });
    this.#take(view);
    return view;
  }

  /** Changes this platform. @param updateDict the fields to change, such as `{ status: "maintenance" }` */
  async update(
    context: CloudContext | undefined,
    updateDict: PlatformChange,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { api, token, params } = this.#registered(context);
    this.#take(await api.call(updatePlatform, token, { params, body: updateDict, signal }));
  }

  /** Deletes this platform. Its waiting jobs end as error. */
  async delete(context?: CloudContext, { signal }: CallOptions = {}): Promise<void> {
    const { api, token, params } = this.#registered(context);
    await api.call(deletePlatform, token, { params, signal });
    this.platformId = null;
    await this.#ownKey?.delete(undefined, undefined, { signal });
    this.#ownKey = null;
  }

  /** Lets a user send jobs to this platform. */
  async assignUser(
    context: CloudContext | undefined,
    user: User,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { api, token, params } = this.#registered(context);
    const body = { user_id: user.userId, platform_id: params.id };
    await api.call(grantPermission, token, { body, signal }, { repeatable: true });
  }

  /**
   * Takes the next job of this platform, as its worker.
   * @throws {CloudError} `no_job_waiting` when none came within `waitS`
   */
  async fetchJob(context?: CloudContext, { waitS = 0, signal }: FetchOptions = {}): Promise<Job> {
    const { api } = this.#registered(context);
    const key = await this.#workerKey(context, { signal });
    // The same id again gives the same lease: a job whose answer was lost is not.
    const fetchId = drawUuid(api.context.random);
    const query = { wait_s: waitS, [Platform.PLATFORM_NAME_KEY]: this.name, fetch_id: fetchId };
    const leased = await api.call(fetchJob, key, { query, signal }, { waitMs: waitS * 1_000 });
    if (leased === undefined) throw new CloudError("no_job_waiting", `No job waits for ${this.name}.`);
    const job = new Job({
      jobId: leased.job_id,
      jobName: leased.job_name,
      platformName: leased.platform_name,
      payload: leased.payload,
      ...(leased.pcvl_version === null ? {} : { pcvlVersion: leased.pcvl_version }),
      ...(leased.process_id === null ? {} : { processId: leased.process_id }),
    });
    job.lease = new Lease(api, key, leased);
    return job;
  }

  /** All platforms. @throws {AssertionError} unless `Platform.ADMIN` is an administrator */
  static async listAll(context: CloudContext, { signal }: CallOptions = {}): Promise<Platform[]> {
    const { ADMIN: admin } = Platform;
    requireThat(admin !== null, "Cannot list all platforms: set Platform.ADMIN to an administrator first.");
    const token = admin.administratorCredential("list all platforms");
    const api = Platform.getApi(context);
    return everyPage(
      (query) => api.call(listAllPlatforms, token, { query, signal }),
      ({ platforms }) => platforms,
      (view) => {
        const platform = new Platform();
        platform.acting(context, admin);
        platform.#take(view);
        return platform;
      },
    );
  }

  /** Submits an experiment to this platform, for its account. @throws {CloudError} when the cloud refuses it */
  async submit(
    experiment: Experiment,
    { name, signal, idempotencyKey, ...request }: ExperimentRequest & SubmitOptions & { name?: string } = {},
  ): Promise<Job> {
    const { context, user } = this.acting(undefined, this.#account);
    const job = new Job({
      platformName: this.name,
      jobName: name ?? (experiment.name === "" ? "experiment" : experiment.name),
      payload: payloadOf(experiment, request),
      pcvlVersion: payloadVersion,
    });
    await job.create(
      context,
      user,
      {},
      { signal, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) },
    );
    return job;
  }

  /**
   * The key of this platform's worker. When it is first needed it is the administrator's, which is bound to this
   * platform, or one that is made for it.
   */
  async #workerKey(context: CloudContext | undefined, options: CallOptions): Promise<string> {
    if (this.apiKey === null) {
      const { context: cloud, user } = this.acting(context, Platform.ADMIN ?? undefined);
      const id = this.platformId!;
      if (user.apiKey === null) {
        const key = new ApiKey({ label: `worker ${this.workerId}`, platformIds: [id] });
        await key.create(cloud, user, options);
        this.#ownKey = key;
        this.apiKey = key;
      } else {
        await user.apiKey.bind(id, cloud, user, options);
        this.apiKey = user.apiKey;
      }
    }
    return this.apiKey.token;
  }

  #administered(context: CloudContext | undefined) {
    const acting = this.acting(context, Platform.ADMIN ?? undefined);
    return {
      api: Platform.getApi(acting.context),
      token: acting.user.administratorCredential("do this with platforms"),
    };
  }

  #registered(context: CloudContext | undefined) {
    requireThat(this.platformId !== null, `Platform ${this.name} is not registered yet: register it first.`);
    return { ...this.#administered(context), params: { id: this.platformId } };
  }

  #take(view: { id: string; name: string; type: string; specs: PlatformSpecs }): void {
    this.platformId = view.id;
    this.name = view.name;
    this.type = view.type;
    this.specs = view.specs;
  }
}

import { bindWorkerKey, createWorkerKey, deleteWorkerKey, getWorkerKey } from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudObject } from "./cloud-object.ts";
import type { User } from "./user.ts";

export interface ApiKeyProperties {
  readonly label?: string | null;
  /** Seconds from its creation until it expires. */
  readonly duration?: number;
  readonly apiKey?: string;
  readonly apiKeyId?: number;
  /** The platforms whose jobs it takes. */
  readonly platformIds?: readonly string[];
}

/** The credential of workers. */
export class ApiKey extends CloudObject {
  static readonly DURATION_KEY = "duration";
  static readonly LABEL_KEY = "label";

  /** The secret, which the cloud shows once; empty until the key is created. */
  apiKey: string;
  /** -1 until the key is created. */
  apiKeyId: number;
  label: string | null;
  duration: number;
  platformIds: string[];

  constructor(properties: ApiKeyProperties = {}) {
    super();
    const { label, duration, apiKey, apiKeyId, platformIds, ...more } = properties;
    this.label = label ?? null;
    this.duration = duration ?? 99_999;
    this.apiKey = apiKey ?? "";
    this.apiKeyId = apiKeyId ?? -1;
    this.platformIds = [...(platformIds ?? [])];
    Object.assign(this, more);
  }

  static getApi(context: CloudContext): Api {
    return new Api(context, "/admin/api-keys");
  }

  /** The secret, as other tokens call it. */
  get token(): string {
    return this.apiKey;
  }

  /**
   * Makes this key.
   * @throws {AssertionError} unless the user is an administrator
   * @throws {CloudError} when the cloud refuses it
   */
  async create(context?: CloudContext, admin?: User, { signal }: CallOptions = {}): Promise<void> {
    const acting = this.acting(context, admin);
    const credential = acting.user.administratorCredential("make worker keys");
    const body = {
      [ApiKey.LABEL_KEY]: this.label,
      [ApiKey.DURATION_KEY]: this.duration,
      platform_ids: this.platformIds,
    };
    const api = ApiKey.getApi(acting.context);
    const { api_key, api_key_id } = await api.call(createWorkerKey, credential, { body, signal });
    this.apiKeyId = api_key_id;
    this.apiKey = api_key;
  }

  /** Lets this key take the jobs of one more platform. @throws {AssertionError} unless it was created */
  async bind(
    platformId: string,
    context?: CloudContext,
    admin?: User,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { api, credential, params } = this.#created(context, admin);
    const bound = await api.call(getWorkerKey, credential, { params, signal });
    if (!bound.platform_ids.includes(platformId)) {
      const body = { platform_ids: [...bound.platform_ids, platformId] };
      await api.call(bindWorkerKey, credential, { params, body, signal }, { repeatable: true });
    }
    this.platformIds = [...new Set([...bound.platform_ids, platformId])];
  }

  /** Deletes this key, which stops at once. @throws {AssertionError} unless it was created */
  async delete(context?: CloudContext, admin?: User, { signal }: CallOptions = {}): Promise<void> {
    const { api, credential, params } = this.#created(context, admin);
    await api.call(deleteWorkerKey, credential, { params, signal });
    this.apiKeyId = -1;
  }

  #created(context: CloudContext | undefined, admin: User | undefined) {
    requireThat(this.apiKeyId !== -1, "This worker key is not created yet: create it first.");
    const acting = this.acting(context, admin);
    return {
      api: ApiKey.getApi(acting.context),
      credential: acting.user.administratorCredential("change worker keys"),
      params: { id: this.apiKeyId },
    };
  }
}

import {
  deleteTokensByIds,
  generateToken,
  getToken,
  type ListedToken,
  listTokens,
  type Token,
} from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudObject } from "./cloud-object.ts";
import { TokenType } from "./token-type.ts";
import type { User } from "./user.ts";

export interface JobTokenProperties {
  readonly label?: string | null;
  /** Seconds from its creation until it expires. */
  readonly duration?: number;
  readonly tokenId?: number;
  readonly userId?: number;
  readonly token?: string;
  /** Of its jobs; that of the account, which bounds it, where it is null. */
  readonly priority?: number | null;
  /** Names or patterns such as `sim:*` of the platforms it may use; all of the account's where it is null. */
  readonly platforms?: readonly string[] | null;
  /** Shots that a job may ask for. */
  readonly shotsMax?: number | null;
  /** Jobs that may wait or run at once. */
  readonly jobsMax?: number | null;
  /** Whether it reads only, and submits and cancels nothing. */
  readonly readOnly?: boolean;
}

/** The credential with which programs submit and read jobs. */
export class JobToken extends CloudObject {
  static readonly DURATION_KEY = "duration";
  static readonly LABEL_KEY = "label";

  label: string | null;
  /** -1 until the token is created. */
  tokenId: number;
  /** Of its owner; -1 until the token is created. */
  userId: number;
  duration: number;
  /** The secret, which the cloud shows once: empty for tokens that were listed. */
  token: string;
  priority: number | null;
  platforms: readonly string[] | null;
  shotsMax: number | null;
  jobsMax: number | null;
  readOnly: boolean;

  constructor(properties: JobTokenProperties = {}) {
    super();
    const { label, duration, tokenId, userId, token, ...scoped } = properties;
    const { priority, platforms, shotsMax, jobsMax, readOnly, ...more } = scoped;
    this.label = label ?? null;
    this.duration = duration ?? 99_999;
    this.tokenId = tokenId ?? -1;
    this.userId = userId ?? -1;
    this.token = token ?? "";
    this.priority = priority ?? null;
    this.platforms = platforms ?? null;
    this.shotsMax = shotsMax ?? null;
    this.jobsMax = jobsMax ?? null;
    this.readOnly = readOnly ?? false;
    Object.assign(this, more);
  }

  static getApi(context: CloudContext): Api {
    return new Api(context, "/api/tokens");
  }

  /**
   * Makes this token for the user.
   * @throws {AssertionError} unless the user has logged in
   * @throws {CloudError} when the cloud refuses it
   */
  async create(context?: CloudContext, user?: User, { signal }: CallOptions = {}): Promise<void> {
    const acting = this.acting(context, user);
    // Without a label the cloud makes one of the token's first characters.
    const body = {
      [JobToken.LABEL_KEY]: this.label,
      [JobToken.DURATION_KEY]: this.duration,
      priority: this.priority,
      platforms: this.platforms === null ? null : [...this.platforms],
      shots_max: this.shotsMax,
      jobs_max: this.jobsMax,
      read_only: this.readOnly,
    };
    const api = JobToken.getApi(acting.context);
    const credential = acting.user.getToken(TokenType.Login);
    const { token, token_id } = await api.call(generateToken, credential, { body, signal });
    this.tokenId = token_id;
    this.token = token;
    this.userId = acting.user.userId;
  }

  /**
   * Reads what this token is, but its secret.
   * @throws {AssertionError} unless it was created and the user has job tokens
   * @throws {CloudError} when the cloud refuses it
   */
  async read(context?: CloudContext, user?: User, { signal }: CallOptions = {}): Promise<Token> {
    const { api, credential, params, acting } = this.#created(context, user);
    requireThat(acting.user.jobTokens.length > 0, "The user has no job tokens: create one first.");
    const view = await api.call(getToken, credential, { params, signal });
    this.#take(view);
    return view;
  }

  /** Deletes this token, which stops at once. @throws {AssertionError} unless it was created */
  async delete(context?: CloudContext, user?: User, { signal }: CallOptions = {}): Promise<void> {
    const { api, credential, params } = this.#created(context, user);
    await api.call(deleteTokensByIds, credential, { body: { token_ids: [params.token_id] }, signal });
    this.tokenId = -1;
  }

  /** All job tokens of the cloud, without their secrets. @throws {AssertionError} unless the user is an administrator */
  static async listAll(
    context: CloudContext,
    admin: User,
    { signal }: CallOptions = {},
  ): Promise<JobToken[]> {
    const credential = admin.administratorCredential("list all job tokens");
    const api = JobToken.getApi(context);
    const tokens: JobToken[] = [];
    for (let page = pageMax; page === pageMax; ) {
      const query = { all: true, limit: pageMax, offset: tokens.length };
      const listed = await api.call(listTokens, credential, { query, signal });
      for (const view of listed) {
        const token = new JobToken({ tokenId: view.id });
        token.acting(context, admin);
        token.#take(view);
        tokens.push(token);
      }
      page = listed.length;
    }
    return tokens;
  }

  #take(view: Omit<ListedToken, "id" | "key">): void {
    this.label = view.label;
    this.userId = view.user_id;
    this.duration = secondsBetween(view.created_date, view.expiration_date);
    this.priority = view.priority;
    this.platforms = view.platforms;
    this.shotsMax = view.shots_max;
    this.jobsMax = view.jobs_max;
    this.readOnly = view.read_only;
  }

  #created(context: CloudContext | undefined, user: User | undefined) {
    requireThat(this.tokenId !== -1, "This job token is not created yet: create it first.");
    const acting = this.acting(context, user);
    return {
      acting,
      api: JobToken.getApi(acting.context),
      credential: acting.user.getToken(TokenType.Login),
      params: { token_id: this.tokenId },
    };
  }
}

const pageMax = 1_000;

/** How long a token lives; infinitely where it does not expire. */
function secondsBetween(created: string, expires: string | null): number {
  return expires === null
    ? Number.POSITIVE_INFINITY
    : Math.round((Date.parse(expires) - Date.parse(created)) / 1_000);
}

import {
  createUser,
  deleteUser,
  getSelf,
  getUser,
  listUsers,
  logIn,
  logOut,
  type UserChange,
  type User as UserView,
  updateSelf,
  updateUser,
} from "@corbenic/protocol";
import { Api, type CallOptions } from "./api.ts";
import { ApiKey, type ApiKeyProperties } from "./api-key.ts";
import { requireThat } from "./assertion-error.ts";
import type { CloudContext } from "./cloud-context.ts";
import { CloudObject } from "./cloud-object.ts";
import { everyPage } from "./every-page.ts";
import { drawPassword, standardEmail } from "./generate-data.ts";
import { JobToken, type JobTokenProperties } from "./job-token.ts";
import { LoginToken } from "./login-token.ts";
import { NotImplementedError } from "./not-implemented-error.ts";
import { isOwnChange, type OwnChange } from "./own-change.ts";
import { type Random, systemRandom } from "./random.ts";
import { TokenType } from "./token-type.ts";
import type { UserProperties } from "./user-properties.ts";

/** An account, and what it proves itself with. */
export class User extends CloudObject {
  static readonly EMAIL_KEY = "email";
  static readonly PASSWORD_KEY = "password";
  static readonly FIRST_NAME_KEY = "first_name";
  static readonly LAST_NAME_KEY = "last_name";
  static readonly PLATFORM_IDS_KEY = "platform_ids";
  static readonly IS_ADMIN_KEY = "is_admin";
  static readonly COMPANY_ID_KEY = "company_id";
  static readonly PRIORITY_KEY = "priority";

  firstName: string;
  lastName: string;
  email: string;
  password: string;
  /** -1 until the user is created; an administrator's is known after logging in. */
  userId: number;
  isAdmin: boolean;
  /** Of the user's jobs; more is sooner. */
  priority: number;
  companyId: number | null;
  /** The platforms that the user may use. */
  platformIds: string[];
  jobTokens: JobToken[] = [];
  loginToken = new LoginToken();
  apiKey: ApiKey | null = null;

  constructor(properties: UserProperties = {}) {
    super();
    const {
      firstName,
      lastName,
      userId,
      email,
      password,
      platformIds,
      isAdmin,
      priority,
      companyId,
      ...more
    } = properties;
    this.firstName = firstName ?? "";
    this.lastName = lastName ?? "";
    this.userId = userId ?? -1;
    this.email = email ?? "";
    this.password = password ?? "";
    this.platformIds = [...(platformIds ?? [])];
    this.isAdmin = isAdmin ?? false;
    this.priority = priority ?? 2;
    this.companyId = companyId ?? null;
    Object.assign(this, more);
  }

  static getApi(context: CloudContext): Api {
    return new Api(context, "/api/users");
  }

  /** Whoever a job token belongs to: all that a program needs that submits and reads jobs. */
  static withJobToken(token: string): User {
    const user = new User();
    user.jobTokens.push(new JobToken({ token }));
    return user;
  }

  /**
   * The secret of a token of this user.
   * @throws {AssertionError} when the user has none of this type
   * @throws {NotImplementedError} for a type that does not exist
   */
  getToken(tokenType: TokenType): string {
    switch (tokenType) {
      case TokenType.Login:
        return this.#has(this.loginToken.token, "login token: log in first");
      case TokenType.Job:
        return this.#has(this.jobTokens.at(-1)?.token, "job token: create one first");
      case TokenType.API_Key:
        return this.#has(this.apiKey?.token, "worker key: create one first");
      default:
        throw new NotImplementedError(`There is no token of type ${tokenType}: use one of TokenType.`);
    }
  }

  #has(token: string | null | undefined, otherwise: string): string {
    requireThat(
      token !== null && token !== undefined && token !== "",
      `${this.#named()} has no ${otherwise}.`,
    );
    return token;
  }

  #named(): string {
    return this.email === "" ? "The user" : this.email;
  }

  /** What this user submits and reads jobs with: a job token, or else the login token. */
  jobCredential(): string {
    return this.getToken(this.jobTokens.length > 0 ? TokenType.Job : TokenType.Login);
  }

  /** What an administrator does things with. @throws {AssertionError} unless this is one who has logged in */
  administratorCredential(toDo: string): string {
    requireThat(this.isAdmin, `${this.#named()} is no administrator: only those ${toDo}.`);
    return this.getToken(TokenType.Login);
  }

  /**
   * Fills in an email made of the names, and a strong random password.
   * The email of equal names is equal: a second account for them is refused by the cloud.
   */
  generateData(random: Random = systemRandom): void {
    this.email = standardEmail(this.firstName, this.lastName);
    this.password = drawPassword(random);
  }

  /**
   * Creates this user. A password that is empty is drawn by the cloud, and kept here.
   * @throws {AssertionError} for an administrator, who is not made like this
   * @throws {CloudError} when the cloud refuses it
   */
  async create(context: CloudContext, user: User, { signal }: CallOptions = {}): Promise<void> {
    requireThat(!this.isAdmin, "Cannot create an administrator: create a user, and have the rights granted.");
    const acting = this.acting(context, user);
    const body = {
      [User.EMAIL_KEY]: this.email,
      ...(this.password === "" ? {} : { [User.PASSWORD_KEY]: this.password }),
      [User.FIRST_NAME_KEY]: this.firstName,
      [User.LAST_NAME_KEY]: this.lastName,
      [User.PRIORITY_KEY]: this.priority,
      [User.COMPANY_ID_KEY]: this.companyId,
      [User.PLATFORM_IDS_KEY]: this.platformIds,
    };
    const token = acting.user.getToken(TokenType.Login);
    const view = await User.getApi(acting.context).call(createUser, token, { body, signal });
    this.#take(view);
    this.password = view.password ?? this.password;
  }

  /**
   * Reads this user, as itself unless another is given, and takes over what is told.
   * @throws {AssertionError} for a user who was not created
   */
  async read(context?: CloudContext, user: User = this, { signal }: CallOptions = {}): Promise<UserView> {
    const { api, token, params } = this.#created(context, user);
    const view =
      user === this
        ? await api.call(getSelf, token, { signal })
        : await api.call(getUser, token, { params, signal });
    this.#take(view);
    return view;
  }

  /**
   * Changes this user, as itself unless another is given. Users change their own names and password; the rest is for
   * administrators.
   * @param updateDict the fields to change, such as `{ [User.LAST_NAME_KEY]: "King" }`
   * @throws {AssertionError} for a user who was not created
   */
  async update(
    context: CloudContext | undefined,
    user: User | undefined,
    updateDict: UserChange | OwnChange,
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { api, token, params } = this.#created(context, user ?? this);
    if ((user ?? this) !== this || !isOwnChange(updateDict)) {
      this.#take(await api.call(updateUser, token, { params, body: updateDict, signal }));
      return;
    }
    const { password } = updateDict;
    const proof = password === undefined ? {} : { current_password: this.password };
    this.#take(await api.call(updateSelf, token, { body: { ...proof, ...updateDict }, signal }));
    this.password = password ?? this.password;
  }

  /** Deletes this user. @throws {AssertionError} for an administrator, who is not deleted like this */
  async delete(context: CloudContext, user: User, { signal }: CallOptions = {}): Promise<void> {
    requireThat(!this.isAdmin, `${this.#named()} is an administrator, who is not deleted like this.`);
    const { api, token, params } = this.#created(context, user);
    await api.call(deleteUser, token, { params, signal });
    this.userId = -1;
  }

  /** Logs in with email and password. @throws {AssertionError} for a user who was not created @throws {CloudError} */
  async log(context: CloudContext, { signal }: CallOptions = {}): Promise<void> {
    requireThat(
      this.isAdmin || this.userId !== -1,
      `${this.#named()} is not created yet: create the user first.`,
    );
    this.acting(context, this);
    const body = { [User.EMAIL_KEY]: this.email, [User.PASSWORD_KEY]: this.password };
    const { token, user_id, is_admin } = await new Api(context, LoginToken.ENDPOINT).call(logIn, undefined, {
      body,
      signal,
    });
    this.loginToken.token = token;
    this.userId = user_id;
    this.isAdmin = is_admin;
  }

  /** Ends the login of this user. @throws {AssertionError} for a user who has not logged in */
  async logOut(context?: CloudContext, { signal }: CallOptions = {}): Promise<void> {
    const token = this.getToken(TokenType.Login);
    await User.getApi(this.acting(context, this).context).call(logOut, token, { signal });
    this.loginToken.token = null;
  }

  /** Makes a job token of this user, and keeps it as the one that is used. */
  async createJobToken(
    context?: CloudContext,
    tokenDict: JobTokenProperties = {},
    options?: CallOptions,
  ): Promise<void> {
    requireThat(this.userId !== -1, `${this.#named()} is not created yet: create the user first.`);
    const token = new JobToken(tokenDict);
    await token.create(this.acting(context, this).context, this, options);
    this.jobTokens.push(token);
  }

  /** Makes a worker key, and keeps it. @throws {AssertionError} unless this is an administrator */
  async createApiKey(
    context?: CloudContext,
    apiKeyDict: ApiKeyProperties = {},
    options?: CallOptions,
  ): Promise<void> {
    requireThat(this.userId !== -1, `${this.#named()} is not created yet: create the user first.`);
    const key = new ApiKey(apiKeyDict);
    await key.create(this.acting(context, this).context, this, options);
    this.apiKey = key;
  }

  /** All users. @throws {AssertionError} unless the user is an administrator */
  static async listAll(context: CloudContext, admin: User, { signal }: CallOptions = {}): Promise<User[]> {
    const token = admin.administratorCredential("list all users");
    const api = User.getApi(context);
    return everyPage(
      (query) => api.call(listUsers, token, { query, signal }),
      ({ users }) => users,
      (view) => {
        const user = new User();
        user.acting(context, admin);
        user.#take(view);
        return user;
      },
    );
  }

  #created(context: CloudContext | undefined, user: User) {
    requireThat(this.userId !== -1, `${this.#named()} is not created yet: create the user first.`);
    const acting = this.acting(context, user);
    return {
      api: User.getApi(acting.context),
      token: acting.user.getToken(TokenType.Login),
      params: { id: this.userId },
    };
  }

  #take(view: UserView): void {
    this.userId = view.user_id;
    this.email = view.email;
    this.firstName = view.first_name;
    this.lastName = view.last_name;
    this.isAdmin = view.is_admin;
    this.priority = view.priority;
    this.companyId = view.company_id;
    this.platformIds = [...view.platform_ids];
  }
}

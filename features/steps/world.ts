import {
  CloudContext,
  type CloudError,
  type Job,
  type JobResults,
  type JobStatus,
  type Platform,
  User,
} from "@corbenic/sdk";
import { setWorldConstructor, World } from "@cucumber/cucumber";

/** What the run of the features is told: where the cloud is, and who administers it. */
export interface Deployment {
  readonly url: string;
  readonly adminEmail: string;
  readonly adminPassword: string;
  readonly simulator: string;
}

/** One scenario's cast and stage. Names in sentences are made unique, so that runs do not meet. */
export class Stage extends World<Deployment> {
  readonly context = new CloudContext(this.parameters.url);
  /** Distinguishes what this scenario makes from all else in the cloud. */
  readonly mark = crypto.randomUUID().slice(0, 8);
  readonly users = new Map<string, User>();
  readonly platforms = new Map<string, Platform>();
  readonly jobs = new Map<string, Job>();
  /** What was made and is to be removed, the last first. */
  readonly undo: (() => Promise<void>)[] = [];
  /** What was refused, in order. */
  readonly refusals: Error[] = [];
  readonly results: JobResults[] = [];
  seen: JobStatus[] = [];
  /** What the worker of a platform fetched last. */
  fetched: Job | undefined;
  /** Whatever the sentence before speaks of. */
  told: unknown;
  admin!: User;

  user(name: string): User {
    return found(this.users, name, "user");
  }

  platform(name: string): Platform {
    return found(this.platforms, name, "platform");
  }

  job(name: string): Job {
    return found(this.jobs, name, "job");
  }

  /** Who a sentence speaks of: the administrator, or a user in quotes. */
  who(text: string): User {
    return text === "the administrator" ? this.admin : this.user(text.slice(1, -1));
  }

  /** A person whose data are generated, and who has no account yet. */
  imagine(name: string, properties: { priority?: number; platformIds?: string[] } = {}): User {
    const user = new User({ firstName: name, lastName: `Tester ${this.mark}`, ...properties });
    user.generateData();
    this.users.set(name, user);
    return user;
  }

  /** Creates a user, and removes the account after the scenario. */
  async createUser(user: User, as: User): Promise<void> {
    await user.create(this.context, as);
    this.undo.push(async () => {
      if (user.userId !== -1) await user.delete(this.context, this.admin);
    });
  }

  async addUser(name: string, properties: { priority?: number; platformIds?: string[] } = {}): Promise<User> {
    const user = this.imagine(name, properties);
    await this.createUser(user, this.admin);
    return user;
  }

  get refusal(): CloudError {
    const last = this.refusals.at(-1);
    if (last === undefined) throw new Error("Nothing was refused.");
    return last as CloudError;
  }

  get lastResults(): JobResults {
    const last = this.results.at(-1);
    if (last === undefined) throw new Error("No results were read.");
    return last;
  }
}

function found<T>(things: ReadonlyMap<string, T>, name: string, kind: string): T {
  const thing = things.get(name);
  if (thing === undefined) throw new Error(`The scenario has no ${kind} "${name}".`);
  return thing;
}

setWorldConstructor(Stage);

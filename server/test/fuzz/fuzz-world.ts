import { randomUUID } from "node:crypto";
import { bindWorkerKey } from "../../src/credentials/credential-store.ts";
import { issueCredential } from "../../src/credentials/credentials.ts";
import { announcePlatform, permitUser } from "../../src/platforms/platform-store.ts";
import type { RunningServer } from "../../src/server.ts";
import { hashPassword } from "../../src/users/password.ts";
import { insertUser } from "../../src/users/user-store.ts";
import { decodablePayload } from "./payload.ts";

/** Who calls: the credential that is sent, where there is one, and the kind of principal that it makes. */
export interface Caller {
  readonly name: string;
  readonly kind: string;
  readonly secret: string | undefined;
}

/** Accounts, platforms and credentials, and what in requests may name them. */
export interface FuzzWorld {
  readonly callers: readonly Caller[];
  /** By the name of a field, or for an id by the beginning of the path that it stands in. */
  readonly known: ReadonlyMap<string, readonly unknown[]>;
}

const password = "seven quiet herons at dusk";

/**
 * @returns what makes everything anew, as what was asked before may have deleted any of it. Who calls and what calls
 *   are about are not the same accounts and tokens, so that not every second request ends somebody's credential.
 */
export async function createFuzzWorlds({
  url,
  database: { pool },
}: RunningServer): Promise<() => Promise<FuzzWorld>> {
  const passwordHash = await hashPassword(password);

  async function addAccount(isAdmin = false) {
    const email = `${randomUUID()}@fuzz.test`;
    const userId = await insertUser(pool, { email, passwordHash, isAdmin });
    const issue = async (kind: "login" | "job") =>
      (await issueCredential(pool, { kind, label: kind, userId })).secret;
    return { userId, email, login: await issue("login"), jobs: await issue("job") };
  }

  async function addPlatform(kind: "sim" | "qpu", specs: { available_commands: string[] }) {
    const name = `${kind}:${randomUUID()}`;
    return { name, id: await announcePlatform(pool, { name, type: "simulator", specs }) };
  }

  async function addKey(userId: number, platformId: string) {
    const key = await issueCredential(pool, { kind: "worker", label: "fuzz", userId });
    await bindWorkerKey(pool, key.id, platformId);
    return key;
  }

  async function ask<Answer>(path: string, secret: string, body?: object): Promise<Answer> {
    const init = { method: "POST", body: JSON.stringify(body) };
    const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
    const answer = await fetch(url + path, { headers, ...(body === undefined ? {} : init) });
    return (await answer.json()) as Answer;
  }

  return async () => {
    const [admin, owner, other] = [await addAccount(true), await addAccount(), await addAccount()];
    const victims = [await addAccount(), await addAccount()];
    const specs = { available_commands: ["probs", "sample_count", "samples"] };
    const [ours, theirs] = [await addPlatform("sim", specs), await addPlatform("qpu", specs)];
    await permitUser(pool, owner.userId, ours.id);
    await permitUser(pool, other.userId, theirs.id);
    const [worker, otherWorker] = [
      await addKey(admin.userId, ours.id),
      await addKey(admin.userId, theirs.id),
    ];

    const userId = owner.userId;
    const issueJobToken = (rest = {}) =>
      issueCredential(pool, { kind: "job", label: randomUUID(), userId, ...rest });
    const reader = await issueJobToken({ readOnly: true });
    const revoked = await issueJobToken();
    await pool.query("update credentials set revoked_at = now() where id = $1", [revoked.id]);
    const spare = [await issueJobToken(), await issueJobToken(), await issueJobToken(), revoked];
    const spareKeys = [await addKey(admin.userId, ours.id), await addKey(admin.userId, theirs.id)];

    const submission = {
      platform_name: ours.name,
      job_name: "fuzz",
      job_group_name: "fuzz",
      payload: decodablePayload,
    };
    const jobs: string[] = [];
    for (let i = 0; i < 4; i++)
      jobs.push((await ask<{ job_id: string }>("/api/job", owner.jobs, submission)).job_id);
    const leased = await ask<{ job_id: string; lease_token: string }>("/admin/job", worker.secret);
    const start = new Date(Date.now() + 3_600_000).toISOString();
    const end = new Date(Date.now() + 7_200_000).toISOString();
    const planning = `/admin/platforms/${ours.id}/maintenance-windows`;
    const window = await ask<{ id: string }>(planning, admin.login, { start, end });
    const company = await ask<{ company_id: number }>("/admin/companies", admin.login, {
      name: randomUUID(),
    });

    const callers = [
      ["nobody", "none", undefined],
      ["somebody whose token is revoked", "none", revoked.secret],
      ["a reader", "job_token", reader.secret],
      ["the owner", "job_token", owner.jobs],
      ["another user", "job_token", other.jobs],
      ["the owner, logged in", "user", owner.login],
      ["another user, logged in", "user", other.login],
      ["an administrator", "admin", admin.login],
      ["an administrator's token", "job_token", admin.jobs],
      ["the worker", "worker", worker.secret],
      ["another worker", "worker", otherWorker.secret],
    ].map(([name, kind, secret]) => ({ name: name!, kind: kind!, secret }));

    const [names, platformIds] = [
      [ours.name, theirs.name],
      [ours.id, theirs.id],
    ];
    const users = victims.map((victim) => victim.userId);
    const emails = [owner.email, other.email];
    const tokenIds = spare.map(({ id }) => id);
    const secrets = spare.map(({ secret }) => secret);
    const known: Record<string, readonly unknown[]> = {
      "/admin/job/": [leased.job_id],
      "/admin/platforms/": platformIds,
      "/admin/maintenance-windows/": [window.id],
      "/admin/users/": users,
      "/admin/jobs/": jobs,
      "/admin/companies/": [company.company_id],
      "/admin/api-keys/": spareKeys.map(({ id }) => id),
      "/api/job": jobs,
      "/api/user": users,
      "/api/tokens/": tokenIds,
      "/api/auth/token": tokenIds,
      lease_token: [leased.lease_token],
      start: [start],
      end: [end],
      platform_name: names,
      name: names,
      platform_id: platformIds,
      platform_ids: platformIds,
      job_id: jobs,
      job_ids: jobs,
      group_name: ["fuzz"],
      user_id: users,
      company_id: [company.company_id, null],
      token_id: tokenIds,
      token_ids: tokenIds,
      token: secrets,
      tokens: secrets,
      email: [...emails, `${randomUUID()}@fuzz.test`],
      password: [password],
      current_password: [password],
      payload: [decodablePayload],
      specs: [specs],
      results: [JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}" })],
      // Waiting for jobs that do not come would be all that is done.
      wait_s: [0, 0.01],
    };
    return { callers, known: new Map(Object.entries(known)) };
  };
}

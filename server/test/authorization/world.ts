import { randomUUID } from "node:crypto";
import { call, fetchJob, submitJob } from "@corbenic/protocol";
import { bindWorkerKey } from "../../src/credentials/credential-store.ts";
import { issueCredential } from "../../src/credentials/credentials.ts";
import { announcePlatform } from "../../src/platforms/platform-store.ts";
import { type Account, payload, type TestCloud } from "../test-cloud.ts";

/**
 * Who calls: `An` nobody known, `Ex` with a credential that has ended; with a job token `Jo` the owner, `Jx` another
 * user, `Aj` an administrator; logged in `Uo` the owner, `Ux` another user, `Ad` an administrator; with a worker key
 * `Wo` of the owner's platform, `Wx` of another platform.
 */
export const principals = ["An", "Ex", "Jo", "Jx", "Uo", "Ux", "Ad", "Aj", "Wo", "Wx"] as const;
export type PrincipalName = (typeof principals)[number];

/** Whose object a request is about: one of `Jo`, `Uo` and `Wo`, one of `Jx`, `Ux` and `Wx`, or one that is not there. */
export const sides = ["owner", "other", "nobody"] as const;
export type Side = (typeof sides)[number];

/** What the principals act in: two accounts and two platforms that know nothing of each other. */
export interface World {
  readonly cloud: TestCloud;
  readonly owner: Account;
  readonly other: Account;
  readonly admin: Account;
  /** The platform that the side's worker serves: that of the owner, or that of the other. */
  platform(side: Side): { readonly id: string; readonly name: string };
  account(side: Exclude<Side, "nobody">): Account;
  /**
   * A credential of the principal that has not been used yet, so that no request spoils another's. Those of `Ex`
   * have ended in all the ways there are, one after the other.
   */
  token(principal: PrincipalName): Promise<string | undefined>;
  /** The id of a job that waits. */
  job(side: Side): Promise<string>;
  /** The id of a job that the side's worker has taken, and the token of its lease. */
  leasedJob(side: Side): Promise<{ readonly id: string; readonly leaseToken: string }>;
}

/** The id of no account, token, company or key. */
export const absentId = 999_999_999;

const absentLease = "A".repeat(22);

export async function createWorld(cloud: TestCloud): Promise<World> {
  const db = cloud.database.pool;
  const owner = await cloud.addAccount();
  const other = await cloud.addAccount({ permitted: false });
  const admin = await cloud.addAccount({ permitted: false, admin: true });
  const specs = { available_commands: ["probs"] };
  const theirs = await announcePlatform(db, { name: "sim:theirs", type: "simulator", specs });
  await db.query("insert into platform_permissions (user_id, platform_id) values ($1, $2)", [
    other.userId,
    theirs,
  ]);
  const workers = { owner: cloud.worker, other: await cloud.addWorker(theirs) };
  const platforms = {
    owner: { id: cloud.platformId, name: "sim:test" },
    other: { id: theirs, name: "sim:theirs" },
    nobody: { id: randomUUID(), name: "sim:nowhere" },
  };
  const ended = await endedTokens(cloud);
  const holders = {
    Jo: { kind: "job", userId: owner.userId },
    Jx: { kind: "job", userId: other.userId },
    Uo: { kind: "login", userId: owner.userId },
    Ux: { kind: "login", userId: other.userId },
    Ad: { kind: "login", userId: admin.userId },
    Aj: { kind: "job", userId: admin.userId },
    Wo: { kind: "worker", userId: admin.userId },
    Wx: { kind: "worker", userId: admin.userId },
  } as const;
  let turn = 0;

  async function job(side: Side): Promise<string> {
    if (side === "nobody") return randomUUID();
    const body = { platform_name: platforms[side].name, job_name: "test", payload };
    return (await call(submitJob, { owner, other }[side].jobs, { body })).job_id;
  }

  return {
    cloud,
    owner,
    other,
    admin,
    platform: (side) => platforms[side],
    account: (side) => ({ owner, other })[side],
    async token(principal) {
      if (principal === "An") return undefined;
      if (principal === "Ex") return ended[turn++ % ended.length];
      const { id, secret } = await issueCredential(db, { ...holders[principal], durationS: 3600 });
      const serves = { Wo: platforms.owner, Wx: platforms.other }[principal as string];
      if (serves !== undefined) await bindWorkerKey(db, id, serves.id);
      return secret;
    },
    job,
    async leasedJob(side) {
      if (side === "nobody") return { id: randomUUID(), leaseToken: absentLease };
      // A job that waits from an earlier cell would be taken instead.
      await db.query(
        "update jobs set state = 'canceled', ended_at = clock_timestamp() where state in ('waiting', 'suspended')",
      );
      await job(side);
      const leased = await call(fetchJob, workers[side], { query: {} });
      if (leased === undefined) throw new Error("no job waits");
      return { id: leased.job_id, leaseToken: leased.lease_token };
    },
  };
}

/** Tokens that were good once: expired, revoked, deleted, unused for too long, of a disabled and a deleted account. */
async function endedTokens(cloud: TestCloud): Promise<string[]> {
  const past = "clock_timestamp() - interval '1 hour'";
  const endings = [
    `update credentials set expires_at = ${past} where user_id = $1`,
    `update credentials set revoked_at = ${past} where user_id = $1`,
    `update credentials set deleted_at = ${past} where user_id = $1`,
    `update credentials set idle_s = 60, last_used_at = ${past} where user_id = $1`,
    `update users set disabled_at = ${past} where id = $1`,
    `update users set deleted_at = ${past} where id = $1`,
  ];
  const tokens: string[] = [];
  for (const ending of endings) {
    const account = await cloud.addAccount();
    await cloud.database.pool.query(ending, [account.userId]);
    tokens.push(account.jobs.token!, account.login.token!);
  }
  return tokens;
}

import { randomBytes, randomUUID } from "node:crypto";
import type pg from "pg";
import { insertJob } from "../src/jobs/submission-store.ts";
import { cancelJobs, resumeJob, suspendJob } from "../src/jobs/transition-store.ts";
import { acquireLease } from "../src/leases/lease-store.ts";
import { completeJob, releaseLease } from "../src/leases/report-store.ts";
import { announcePlatform } from "../src/platforms/platform-store.ts";

/** An account that submits, and the group it shares the platform in. */
export interface QueueOwner {
  readonly id: number;
  readonly name: string;
  readonly group: string;
  readonly share: number;
}

export interface Claimed {
  readonly id: string;
  readonly owner: QueueOwner;
}

/** A platform of its own with its queue, worked on by the statements that the cloud uses, without HTTP. */
export interface FairQueue {
  readonly platformId: string;
  submit(owner: QueueOwner, priority?: number): Promise<string>;
  submitMany(owner: QueueOwner, jobs: number, priority?: number): Promise<string[]>;
  /** Undefined when there is nothing to take. */
  claim(): Promise<Claimed | undefined>;
  /** The owners of the next jobs, by name; every job ends at once. */
  serve(jobs: number): Promise<string[]>;
  complete(id: string): Promise<void>;
  release(id: string): Promise<void>;
  cancel(...ids: string[]): Promise<void>;
  suspend(id: string): Promise<void>;
  resume(id: string): Promise<void>;
}

/** Accounts and companies to submit as. */
export async function createOwners(pool: pg.Pool) {
  const userOf = async (name: string, companyId: number | null) => {
    const { rows } = await pool.query<{ id: number }>(
      "insert into users (email, password_hash, company_id) values ($1, '-', $2) returning id",
      [`${name}-${randomUUID()}@test`, companyId],
    );
    return rows[0]!.id;
  };
  return {
    async alone(name: string): Promise<QueueOwner> {
      const id = await userOf(name, null);
      return { id, name, group: name, share: 1 };
    },
    /** @param names of the company's accounts */
    async company(company: string, share: number, names: readonly string[]): Promise<QueueOwner[]> {
      const { rows } = await pool.query<{ id: number }>(
        "insert into companies (name, share) values ($1, $2) returning id",
        [`${company}-${randomUUID()}`, share],
      );
      const members: QueueOwner[] = [];
      for (const name of names) {
        members.push({ id: await userOf(name, rows[0]!.id), name, group: company, share });
      }
      return members;
    },
  };
}

export async function createQueue(pool: pg.Pool): Promise<FairQueue> {
  const platformId = await announcePlatform(pool, {
    name: `sim:q-${randomUUID()}`,
    type: "simulator",
    specs: { available_commands: ["probs"] },
  });
  const { rows } = await pool.query<{ id: number }>(
    `insert into credentials (kind, hash, label, user_id)
     select 'worker', $1, 'queue', id from users order by id limit 1 returning id`,
    [randomBytes(32)],
  );
  const keyId = rows[0]!.id;
  const owners = new Map<string, QueueOwner>();
  const leases = new Map<string, Buffer>();

  const queue: FairQueue = {
    platformId,
    async submit(owner, priority = 2) {
      const id = await insertJob(pool, { ...newJob, ownerId: owner.id, platformId, priority });
      owners.set(id, owner);
      return id;
    },
    async submitMany(owner, jobs, priority) {
      const ids: string[] = [];
      for (let i = 0; i < jobs; i++) ids.push(await queue.submit(owner, priority));
      return ids;
    },
    async claim() {
      const hash = randomBytes(32);
      const job = await acquireLease(pool, {
        platformIds: [platformId],
        keyId,
        hash,
        ttlMs: 60_000,
        fetched: null,
      });
      if (job === undefined) return undefined;
      leases.set(job.id, hash);
      return { id: job.id, owner: owners.get(job.id)! };
    },
    async serve(jobs) {
      const served: string[] = [];
      for (let i = 0; i < jobs; i++) {
        const claimed = await queue.claim();
        if (claimed === undefined) break;
        served.push(claimed.owner.name);
        await queue.complete(claimed.id);
      }
      return served;
    },
    async complete(id) {
      await completeJob(pool, { jobId: id, hash: leases.get(id)!, results: "{}", digest: randomBytes(32) });
    },
    async release(id) {
      await releaseLease(pool, { jobId: id, hash: leases.get(id)!, digest: randomBytes(32) });
    },
    async cancel(...ids) {
      await cancelJobs(pool, { userId: 0, reach: null }, ids);
    },
    async suspend(id) {
      await suspendJob(pool, id);
    },
    async resume(id) {
      await resumeJob(pool, id);
    },
  };
  return queue;
}

const newJob = {
  name: "queued",
  groupName: null,
  command: "probs",
  shots: null,
  pcvlVersion: null,
  processId: null,
  tokenId: null,
  maxDurationS: 60,
  attemptsMax: 3,
  payload: "{}",
  rerunFrom: null,
  actor: "owner",
} as const;

/** How even a distribution is: 1 when all have the same, 1/n when one has everything. R. Jain et al., DEC-TR-301 (1984). */
export function jainIndex(amounts: readonly number[]): number {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  const squares = amounts.reduce((total, amount) => total + amount * amount, 0);
  return squares === 0 ? 1 : (sum * sum) / (amounts.length * squares);
}

/** How often each name was served, in the order of the names. */
export function countServed(served: readonly string[], names: readonly string[]): number[] {
  return names.map((name) => served.filter((each) => each === name).length);
}

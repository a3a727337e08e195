import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { explainLostLease, requireJobOfWorker, sha256 } from "./lease.ts";
import { acquireLease, type LeasedRow, type NewLease } from "./lease-store.ts";

/**
 * Leases of workers that do not name them, on platforms that are `legacy_single`: a key has one at a time, so that
 * the key and the job tell which one is meant.
 */

/** As `acquireLease`, unless the key has a lease already; two fetches of a key take turns. */
export async function acquireSoleLease(pool: pg.Pool, lease: NewLease): Promise<LeasedRow | undefined> {
  return inTransaction(pool, async (client) => {
    await client.query("select pg_advisory_xact_lock(7263454, $1)", [lease.keyId]);
    const { rows } = await client.query(
      "select from jobs where lease_key_id = $1 and state in ('running', 'cancel_requested') limit 1",
      [lease.keyId],
    );
    return rows.length > 0 ? undefined : acquireLease(client, lease);
  });
}

/**
 * The lease that a report is made under, by the digest of its token: the one that is named, or the key's only one.
 * @throws {Problem} `job_not_found`; `invalid_request` where a lease must be named; `lease_lost` where the key has none
 */
export async function leaseOfReport(
  db: Queryable,
  keyId: number,
  jobId: string,
  token: string | undefined,
): Promise<Buffer> {
  await requireJobOfWorker(db, keyId, jobId);
  if (token !== undefined) return sha256(token);
  const { rows } = await db.query<{ legacy_single: boolean; lease_hash: Buffer | null }>(
    `select p.legacy_single, case j.lease_key_id when $2 then j.lease_hash end as lease_hash
       from jobs j join platforms p on p.id = j.platform_id where j.id = $1`,
    [jobId, keyId],
  );
  const found = rows[0];
  if (found?.legacy_single !== true) {
    const message = "A report names its lease: send the lease_token that came with the job.";
    throw new Problem("invalid_request", message, { detail: { path: "lease_token" } });
  }
  if (found.lease_hash === null) throw await explainLostLease(db, keyId, jobId);
  return found.lease_hash;
}

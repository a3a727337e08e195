import type { Queryable } from "../database/database.ts";
import { gather, inOrder } from "../database/gather.ts";
import { prepared } from "../database/prepared.ts";
import type { CredentialKind } from "./secret.ts";

export interface CredentialRow {
  readonly id: number;
  readonly kind: CredentialKind;
  readonly user_id: number;
  readonly company_id: number | null;
  readonly is_admin: boolean;
  readonly priority: number;
  readonly platforms: string[] | null;
  readonly shots_max: number | null;
  readonly jobs_max: number | null;
  readonly read_only: boolean;
  readonly age_s: number;
}

/** SQL: whether credential `c` of user `u` is good at this moment. */
export const isLive = `c.revoked_at is null and c.deleted_at is null
  and (c.expires_at is null or c.expires_at > clock_timestamp())
  and (c.idle_s is null or coalesce(c.last_used_at, c.created_at) + make_interval(secs => c.idle_s) > clock_timestamp())
  and u.disabled_at is null and u.deleted_at is null`;

/** The credential with this hash, unless it has ended or its account may not act. */
export const findLiveCredential = gather<Buffer, CredentialRow | undefined>(async (db, hashes) => {
  const { rows } = await db.query<CredentialRow & { readonly asked: number }>(
    prepared(
      `select asked.number::int as asked, c.id, c.kind, c.user_id, u.company_id, u.is_admin,
              least(u.priority, c.priority) as priority,
              c.platforms, c.shots_max::float8 as shots_max, c.jobs_max, c.read_only,
              extract(epoch from clock_timestamp() - c.created_at)::float8 as age_s
         from unnest((select $1::bytea[])) with ordinality as asked (hash, number)
         cross join lateral (select * from credentials where hash = asked.hash limit 1) c
         join users u on u.id = c.user_id
        where ${isLive}`,
      [hashes],
    ),
  );
  return inOrder(rows, hashes.length);
});

export interface NewCredential {
  readonly kind: CredentialKind;
  readonly hash: Buffer;
  readonly shownPrefix: string;
  readonly label: string;
  readonly userId: number;
  /** Seconds it lives; absent for one that lives until revoked. */
  readonly durationS?: number | undefined;
  /** Seconds after its last use at which it ends. */
  readonly idleS?: number | undefined;
  readonly priority?: number | null | undefined;
  readonly platforms?: readonly string[] | null | undefined;
  readonly shotsMax?: number | null | undefined;
  readonly jobsMax?: number | null | undefined;
  readonly readOnly?: boolean | undefined;
}

/** @returns undefined where its account has another job token of that label, and it is to be `labelFree` */
export async function insertCredential(
  db: Queryable,
  credential: NewCredential,
  { labelFree }: { readonly labelFree: boolean },
): Promise<{ id: number; expires_at: Date | null } | undefined> {
  const { rows } = await db.query<{ id: number; expires_at: Date | null }>(
    `insert into credentials (kind, hash, shown_prefix, label, user_id, expires_at, idle_s, priority, platforms,
                              shots_max, jobs_max, read_only)
     select $1::text, $2, $3, $4::text, $5::int, clock_timestamp() + make_interval(secs => $6), $7, $8, $9, $10, $11, $12
      where not $13 or $1 <> 'job' or not exists (
        select from credentials where user_id = $5 and label = $4 and kind = 'job' and deleted_at is null)
     returning id, expires_at`,
    [
      credential.kind,
      credential.hash,
      credential.shownPrefix,
      credential.label,
      credential.userId,
      credential.durationS ?? null,
      credential.idleS ?? null,
      credential.priority ?? null,
      credential.platforms ?? null,
      credential.shotsMax ?? null,
      credential.jobsMax ?? null,
      credential.readOnly ?? false,
      labelFree,
    ],
  );
  return rows[0];
}

/** Ends every live credential of these kinds that an account has. @returns how many there were */
export async function revokeCredentialsOf(
  db: Queryable,
  userId: number,
  kinds: readonly CredentialKind[],
): Promise<number> {
  const { rowCount } = await db.query(
    `update credentials set revoked_at = clock_timestamp()
      where user_id = $1 and kind = any($2) and revoked_at is null`,
    [userId, kinds],
  );
  return rowCount ?? 0;
}

/** Ends one credential at once. @returns whether it was live until now */
export async function revokeCredential(db: Queryable, id: number): Promise<boolean> {
  const { rowCount } = await db.query(
    "update credentials set revoked_at = clock_timestamp() where id = $1 and revoked_at is null",
    [id],
  );
  return rowCount === 1;
}

/** Lets a worker key take the jobs of a platform. */
export async function bindWorkerKey(db: Queryable, credentialId: number, platformId: string): Promise<void> {
  await db.query(
    `insert into worker_key_platforms (credential_id, platform_id) values ($1, $2) on conflict do nothing`,
    [credentialId, platformId],
  );
}

export interface Uses {
  readonly credentialId: number;
  readonly uses: number;
  readonly address: string | null;
}

/**
 * Adds what credentials were used since the last time, all in one statement. It locks them in the order of their
 * ids, as every process does that writes down the same ones at the same time.
 */
export async function addUses(db: Queryable, uses: readonly Uses[]): Promise<void> {
  await db.query(
    `with used as (
       select * from unnest($1::int[], $2::int[], $3::text[]) as used (id, uses, address)
     ), locked as (
       select c.id from credentials c where c.id = any($1) order by c.id for no key update
     )
     update credentials c set uses = c.uses + used.uses, last_used_at = clock_timestamp(),
                              last_used_address = coalesce(used.address, c.last_used_address)
       from used join locked using (id) where c.id = used.id`,
    [
      uses.map(({ credentialId }) => credentialId),
      uses.map((each) => each.uses),
      uses.map(({ address }) => address),
    ],
  );
}

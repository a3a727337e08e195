import type { Queryable } from "../database/database.ts";
import { isLive } from "./credential-store.ts";

/** Whose tokens a caller reaches: those of one account, or one token alone; null where that does not narrow them. */
export interface TokenReach {
  readonly userId: number | null;
  readonly tokenId: number | null;
}

export interface TokenRow {
  readonly id: number;
  readonly label: string;
  readonly shown_prefix: string;
  readonly user_id: number;
  readonly email: string;
  readonly user_priority: number;
  readonly company_id: number | null;
  readonly company_name: string | null;
  readonly priority: number | null;
  readonly platforms: string[] | null;
  readonly shots_max: number | null;
  readonly jobs_max: number | null;
  readonly read_only: boolean;
  readonly uses: number;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly last_used_address: string | null;
  readonly last_used_s: number | null;
  readonly is_revoked: boolean;
  readonly valid: boolean;
}

const view = `c.id, c.label, c.shown_prefix, c.user_id, u.email, u.priority as user_priority, u.company_id,
  o.name as company_name, c.priority, c.platforms, c.shots_max::float8 as shots_max, c.jobs_max, c.read_only,
  c.uses::float8 as uses, c.created_at, c.expires_at, c.last_used_at, c.last_used_address,
  extract(epoch from clock_timestamp() - c.last_used_at)::float8 as last_used_s,
  c.revoked_at is not null as is_revoked, (${isLive}) as valid`;

const source = "credentials c join users u on u.id = c.user_id left join companies o on o.id = u.company_id";

/** SQL: whether `c` is a job token that is reached, by its account in one parameter and its id in another. */
const isReached = (user: string, token: string) =>
  `c.kind = 'job' and c.deleted_at is null
   and (${user}::int is null or c.user_id = ${user}) and (${token}::int is null or c.id = ${token})`;

export async function findToken(db: Queryable, reach: TokenReach, id: number): Promise<TokenRow | undefined> {
  const { rows } = await db.query<TokenRow>(
    `select ${view} from ${source} where ${isReached("$1", "$2")} and c.id = $3`,
    [reach.userId, reach.tokenId, id],
  );
  return rows[0];
}

export interface TokenFilter {
  /** Null for everybody's. */
  readonly userId: number | null;
  readonly includeExpired: boolean;
  readonly includeRevoked: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** In the order in which they were made. */
export async function listTokens(db: Queryable, filter: TokenFilter): Promise<TokenRow[]> {
  const { rows } = await db.query<TokenRow>(
    `select ${view} from ${source}
      where ${isReached("$1", "null")}
        and ($2 or c.expires_at is null or c.expires_at > clock_timestamp())
        and ($3 or c.revoked_at is null)
      order by c.id limit $4 offset $5`,
    [filter.userId, filter.includeExpired, filter.includeRevoked, filter.limit, filter.offset],
  );
  return rows;
}

/** The ids of the tokens that are reached, of those with these ids or hashes. They are held, in their order. */
export async function lockTokens(
  client: Queryable,
  reach: TokenReach,
  { ids = [], hashes = [] }: { ids?: readonly number[]; hashes?: readonly Buffer[] },
): Promise<{ id: number; user_id: number; hash: Buffer }[]> {
  const { rows } = await client.query<{ id: number; user_id: number; hash: Buffer }>(
    `select c.id, c.user_id, c.hash from credentials c
      where ${isReached("$1", "$2")} and (c.id = any($3::int[]) or c.hash = any($4::bytea[]))
      order by c.id for no key update`,
    [reach.userId, reach.tokenId, ids, hashes],
  );
  return rows;
}

export async function setRevoked(client: Queryable, id: number, revoked: boolean): Promise<void> {
  await client.query(
    `update credentials set revoked_at = case when $2 then coalesce(revoked_at, clock_timestamp()) end
      where id = $1`,
    [id, revoked],
  );
}

/** Takes tokens out of every list, for good. Their rows stay for the jobs that were submitted with them. */
export async function markTokensDeleted(client: Queryable, ids: readonly number[]): Promise<void> {
  await client.query("update credentials set deleted_at = clock_timestamp() where id = any($1)", [ids]);
}

/** What a token's owner may change; what is undefined stays. */
export interface TokenChange {
  readonly label?: string | undefined;
  readonly priority?: number | null | undefined;
  readonly platforms?: readonly string[] | null | undefined;
  readonly shotsMax?: number | null | undefined;
  readonly jobsMax?: number | null | undefined;
  readonly readOnly?: boolean | undefined;
}

export async function updateToken(client: Queryable, id: number, change: TokenChange): Promise<void> {
  const { label, priority, platforms, shotsMax, jobsMax, readOnly } = change;
  await client.query(
    `update credentials set
       label = coalesce($2, label),
       priority = case when $3 then $4 else priority end,
       platforms = case when $5 then $6::text[] else platforms end,
       shots_max = case when $7 then $8 else shots_max end,
       jobs_max = case when $9 then $10 else jobs_max end,
       read_only = coalesce($11, read_only)
      where id = $1`,
    [
      id,
      label ?? null,
      priority !== undefined,
      priority ?? null,
      platforms !== undefined,
      platforms ?? null,
      shotsMax !== undefined,
      shotsMax ?? null,
      jobsMax !== undefined,
      jobsMax ?? null,
      readOnly ?? null,
    ],
  );
}

export interface UsageRow {
  readonly token_id: number;
  /** Null of a token without jobs. */
  readonly platform_name: string | null;
  readonly jobs: number;
  readonly duration_s: number;
}

/** The jobs submitted with each of the tokens that are reached, for each platform. */
export async function reportUsage(
  db: Queryable,
  reach: TokenReach,
  filter: { ids: readonly number[] | null; since: Date | undefined; until: Date | undefined },
): Promise<UsageRow[]> {
  const { rows } = await db.query<UsageRow>(
    `select c.id as token_id, p.name as platform_name, count(j.id)::int as jobs,
            coalesce(sum(extract(epoch from coalesce(j.ended_at, clock_timestamp()) - j.started_at)), 0)::float8
              as duration_s
       from credentials c
       left join jobs j on j.token_id = c.id
            and ($4::timestamptz is null or j.created_at >= $4) and ($5::timestamptz is null or j.created_at < $5)
       left join platforms p on p.id = j.platform_id
      where ${isReached("$1", "$2")} and ($3::int[] is null or c.id = any($3))
      group by c.id, p.name order by c.id, p.name`,
    [reach.userId, reach.tokenId, filter.ids, filter.since ?? null, filter.until ?? null],
  );
  return rows;
}

import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

/** A place in the order of events: written `<transaction>-<id>`. */
export type EventPosition = string & { readonly brand: "EventPosition" };

export function isEventPosition(text: string): text is EventPosition {
  return /^\d{1,19}-\d{1,18}$/.test(text);
}

/** A change of a job, for whoever owns it. */
export interface JobEventRow {
  readonly position: EventPosition;
  readonly owner_id: number;
  readonly job_id: string;
  readonly status: JobState;
  readonly at_s: number;
  readonly message: string | null;
}

/** Events of transactions before this one are all there; those of later ones may still come. */
const settled = "made_by < pg_snapshot_xmin(pg_current_snapshot())";

/** Where the events stand now. */
export async function currentPosition(db: Queryable): Promise<EventPosition> {
  const { rows } = await db.query<{ position: EventPosition }>(
    `select made_by || '-' || id as position from job_events where ${settled} order by made_by desc, id desc limit 1`,
  );
  return rows[0]?.position ?? ("0-0" as EventPosition);
}

/** What happened to the jobs of these owners, null for all, after a position, in order. */
export async function listEventsAfter(
  db: Queryable,
  { owners, after, most }: { owners: readonly number[] | null; after: EventPosition; most: number },
): Promise<JobEventRow[]> {
  const [transaction, id] = after.split("-");
  const { rows } = await db.query<JobEventRow>(
    `select e.made_by || '-' || e.id as position, j.owner_id, e.job_id, e.to_state as status,
            extract(epoch from e.at)::float8 as at_s, e.message
       from job_events e join jobs j on j.id = e.job_id
      where (e.made_by, e.id) > ($1::text::xid8, $2::bigint) and e.${settled} and ($3::int[] is null or j.owner_id = any($3))
      order by e.made_by, e.id limit $4`,
    [transaction, id, owners, most],
  );
  return rows;
}

/** How far a leased job is. */
export interface ProgressRow {
  readonly owner_id: number;
  readonly job_id: string;
  readonly progress: number;
  readonly progress_message: string | null;
}

export async function listProgressOf(
  db: Queryable,
  owners: readonly number[] | null,
): Promise<ProgressRow[]> {
  const { rows } = await db.query<ProgressRow>(
    `select owner_id, id as job_id, progress, progress_message from jobs
      where state in ('running', 'cancel_requested') and ($1::int[] is null or owner_id = any($1))`,
    [owners],
  );
  return rows;
}

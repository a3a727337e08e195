import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";
import { type ListedJob, listedColumns } from "./job-list-store.ts";
import type { OwnerId } from "./job-store.ts";

export interface ViewedJob extends ListedJob {
  readonly progress_message: string | null;
  readonly pcvl_version: string | null;
  readonly process_id: string | null;
  readonly token_label: string | null;
  readonly max_duration_s: number;
  readonly attempt: number;
  readonly attempts_max: number;
  readonly has_result: boolean;
  readonly reruns: readonly string[];
  readonly events: readonly JobEvent[];
}

export interface JobEvent {
  readonly at: string;
  readonly transition: string;
  readonly to_state: JobState;
  readonly attempt: number;
  readonly actor: string;
  readonly message: string | null;
}

/** Jobs run again and events that one answer tells of, the earliest. */
const relatedMax = 200;

/** All about one job of the owner's, or of anybody's for null. */
export async function findJobView(
  db: Queryable,
  ownerId: OwnerId,
  jobId: string,
): Promise<ViewedJob | undefined> {
  const { rows } = await db.query<ViewedJob>(
    `select ${listedColumns}, j.progress_message, j.pcvl_version, j.process_id, token.label as token_label,
            j.max_duration_s, j.attempt, j.attempts_max,
            exists (select from job_results r where r.job_id = j.id) as has_result,
            array(select id from jobs again where again.parent_id = j.id
                   order by created_at, id limit ${relatedMax}) as reruns,
            coalesce((select jsonb_agg(to_jsonb(event) - 'id' order by event.id) from (
              select id, ${instant("at")} as at, transition, to_state, attempt, actor, message
                from job_events where job_id = j.id order by id limit ${relatedMax}) event), '[]') as events
       from jobs j
       join platforms p on p.id = j.platform_id
       join users u on u.id = j.owner_id
       left join credentials token on token.id = j.token_id
      where j.id = $1 and ($2::int is null or j.owner_id = $2)`,
    [jobId, ownerId],
  );
  return rows[0];
}

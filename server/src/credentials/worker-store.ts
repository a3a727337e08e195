import type { Worker } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";

export interface WorkerRow extends Omit<Worker, "api_key_id"> {
  readonly id: number;
}

/** The workers of the keys that still work, by their keys, the newest first. */
export async function listWorkers(
  db: Queryable,
  { beforeId, limit }: { readonly beforeId: number | undefined; readonly limit: number },
): Promise<WorkerRow[]> {
  const { rows } = await db.query<WorkerRow>(
    `with leased as (
       select j.lease_key_id, j.started_at, json_build_object(
                'job_id', j.id, 'name', j.name, 'platform_name', p.name, 'owner_email', u.email,
                'attempt', j.attempt, 'progress', j.progress, 'started_at', ${instant("j.started_at")},
                'heartbeat_at', ${instant("(j.lease_until - make_interval(secs => j.lease_ms / 1000.0))")},
                'lease_until', ${instant("j.lease_until")}) as job
         from jobs j join platforms p on p.id = j.platform_id join users u on u.id = j.owner_id
        where j.state in ('running', 'cancel_requested')
     )
     select c.id, c.label, ${instant("c.last_used_at")} as last_used_at, c.last_used_address,
            array(select p.name from worker_key_platforms k join platforms p on p.id = k.platform_id
                   where k.credential_id = c.id order by p.name) as platforms,
            coalesce((select json_agg(l.job order by l.started_at) from leased l where l.lease_key_id = c.id), '[]')
              as jobs
       from credentials c
      where c.kind = 'worker' and c.deleted_at is null and c.revoked_at is null
        and (c.expires_at is null or c.expires_at > clock_timestamp())
        and ($1::bigint is null or c.id < $1)
      order by c.id desc limit $2`,
    [beforeId ?? null, limit],
  );
  return rows;
}

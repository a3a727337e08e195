import type { Queryable } from "../database/database.ts";
import { type EndedLease, endedLeases, endLeases } from "../leases/lease-ending.ts";

/**
 * Begins a new epoch: to be called when the database may have gone back in time, by a restored backup or a standby
 * that was promoted. What workers hold is from another history: all their leases end, uncounted, and the secret that
 * leases are derived from is drawn anew. In the transaction that brings the database back.
 */
export async function beginEpoch(client: Queryable): Promise<{ epoch: number; leasesEnded: number }> {
  const { rows } = await client.query<{ epoch: number }>(
    `update cluster set epoch = epoch + 1, reaped_at = null,
            lease_secret = decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')
     returning epoch`,
  );
  const ended = await client.query<EndedLease>(
    `with before as (
       select id, lease_hash, 0 as delay_ms, 1 as uncounted, 0 as silent, null::bytea as digest,
              'The cloud was restored from a backup.' as message, 'cloud_restored' as code,
              case
                when state = 'cancel_requested' then 'finish_cancel'
                when attempt < leases_max then 'requeue'
                else 'give_up'
              end as transition
         from jobs where state in ('running', 'cancel_requested') for update
     ), ${endLeases("reaper")} ${endedLeases}`,
  );
  return { epoch: rows[0]!.epoch, leasesEnded: ended.rows.length };
}

import type { QueuePlace } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import * as store from "./queue-place-store.ts";

/** Beyond this nobody is taken to be at work on a platform. */
const unaskedMaxS = 300;

/** Where the job stands and when it is expected to start, with the reason in words; null when it does not wait. */
export async function findQueuePlace(db: Queryable, jobId: string): Promise<QueuePlace | null> {
  const row = await store.findQueuePlace(db, jobId);
  return row === undefined ? null : describePlace(row);
}

export function describePlace(row: store.QueuePlaceRow): QueuePlace {
  const most = store.countedMax;
  const higher = Math.min(row.higher_priority, most);
  const ahead = higher + Math.min(row.same_priority, most);
  const exact = row.higher_priority <= most && row.same_priority <= most && ahead <= most;
  const obstacle = obstacleOf(row);
  return {
    jobs_ahead: Math.min(ahead, most),
    jobs_ahead_exact: exact,
    higher_priority: higher,
    starts_in_s: obstacle === undefined ? estimate(row, exact ? ahead : undefined) : null,
    reason: obstacle ?? describeQueue(row, higher, ahead, exact),
  };
}

/** What keeps every job of the platform waiting. */
function obstacleOf(row: store.QueuePlaceRow): string | undefined {
  const { platform_name: platform, unasked_s } = row;
  if (row.platform_status === "maintenance") {
    const until = row.maintenance_until === null ? "" : ` until ${row.maintenance_until.toISOString()}`;
    const reason = row.maintenance_reason ? ` (${row.maintenance_reason})` : "";
    return `${platform} is in maintenance${until}${reason}.`;
  }
  if (row.running) return undefined;
  if (unasked_s === null) return `No worker of ${platform} has asked for a job yet.`;
  if (unasked_s <= unaskedMaxS) return undefined;
  return `No worker of ${platform} has asked for a job for ${minutes(unasked_s)}.`;
}

function estimate(
  { due_in_s, between_starts_s }: store.QueuePlaceRow,
  ahead: number | undefined,
): number | null {
  if (ahead === 0) return due_in_s;
  if (ahead === undefined || between_starts_s === null) return null;
  return Math.max(due_in_s, ahead * between_starts_s);
}

function describeQueue(
  { due_in_s, platform_name }: store.QueuePlaceRow,
  higher: number,
  ahead: number,
  exact: boolean,
) {
  const reasons: string[] = [];
  if (!exact) reasons.push(`more than ${store.countedMax} jobs ahead`);
  if (higher > 0) reasons.push(`${counted(higher, store.countedMax)} of higher priority`);
  if (exact && ahead > higher) reasons.push(`${counted(ahead - higher)} before it in the fair queue`);
  if (due_in_s > 0) reasons.push(`another attempt not before ${Math.ceil(due_in_s)} s`);
  if (reasons.length === 0) return `It is next: the next free worker of ${platform_name} takes it.`;
  const sentence = reasons.join(", ");
  return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`;
}

function counted(jobs: number, most = Number.POSITIVE_INFINITY): string {
  return `${jobs}${jobs >= most ? " or more" : ""} ${jobs === 1 ? "job" : "jobs"}`;
}

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  return whole < 120 ? `${whole} minutes` : `${Math.round(whole / 60)} hours`;
}

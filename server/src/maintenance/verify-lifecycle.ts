import { isTerminal, type JobState, type TransitionName, transitions } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

/** A job whose row is not what its events say, and why. */
export interface Finding {
  readonly jobId: string;
  readonly says: string;
}

export interface Verification {
  readonly jobs: number;
  readonly events: number;
  readonly findings: readonly Finding[];
}

interface JobRow {
  readonly id: string;
  readonly state: JobState;
  readonly attempt: number;
  readonly result_lease: string | null;
  readonly result_digest: string | null;
  readonly events: readonly EventRow[] | null;
}

interface EventRow {
  readonly transition: TransitionName;
  readonly to: JobState;
  readonly attempt: number;
  readonly actor: string;
  readonly lease: string | null;
  readonly digest: string | null;
}

const pageSize = 1_000;

/**
 * Replays the events of every job by the table of transitions and compares the outcome with its row: each change of
 * state has left exactly one event, none that is not allowed was made, and a result is that of the last lease.
 * Reads only; a job that changes meanwhile is read at one instant with its events.
 */
export async function verifyLifecycle(db: Queryable): Promise<Verification> {
  const findings: Finding[] = [];
  let jobs = 0;
  let events = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const page = await readPage(db, after);
    for (const job of page) {
      jobs += 1;
      events += job.events?.length ?? 0;
      for (const says of faultsOf(job)) findings.push({ jobId: job.id, says });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return { jobs, events, findings };
    after = last.id;
  }
}

async function readPage(db: Queryable, after: string): Promise<JobRow[]> {
  const { rows } = await db.query<JobRow>(
    `select j.id, j.state, j.attempt, encode(r.lease_hash, 'hex') as result_lease,
            encode(r.sha256, 'hex') as result_digest,
            (select json_agg(json_build_object('transition', e.transition, 'to', e.to_state, 'attempt', e.attempt,
                      'actor', e.actor, 'lease', encode(e.lease_hash, 'hex'), 'digest', encode(e.digest, 'hex'))
                    order by e.id)
               from job_events e where e.job_id = j.id and e.transition <> 'read_result') as events
       from jobs j left join job_results r on r.job_id = j.id
      where j.id > $1 order by j.id limit ${pageSize}`,
    [after],
  );
  return rows;
}

const table = new Map(transitions.map((transition) => [transition.name, transition]));

/** What is wrong with a job's history; nothing when the row follows from it. */
export function faultsOf(job: JobRow): string[] {
  const faults: string[] = [];
  let state: JobState | null = null;
  let attempt = 0;
  let lease: string | null = null;
  let completion: EventRow | undefined;
  for (const event of job.events ?? []) {
    const transition = table.get(event.transition);
    const from: readonly JobState[] | null | undefined = transition?.from;
    const actors: readonly string[] = transition?.actors ?? [];
    const allowed = state === null ? from === null : (from?.includes(state) ?? false);
    if (!allowed) faults.push(`${event.transition} from ${state ?? "nothing"} is no transition`);
    if (!actors.includes(event.actor)) faults.push(`${event.transition} by ${event.actor} is not allowed`);
    if (transition !== undefined && transition.to !== event.to)
      faults.push(`${event.transition} leads to ${transition.to}, not to ${event.to}`);
    if (event.transition === "acquire") {
      attempt += 1;
      lease = event.lease;
    }
    if (event.attempt !== attempt)
      faults.push(`${event.transition} is of attempt ${event.attempt}, not ${attempt}`);
    if (event.to === "completed") completion = event;
    state = event.to;
  }
  if (state !== job.state) faults.push(`the row is ${job.state}, its events end in ${state ?? "nothing"}`);
  if (attempt !== job.attempt) faults.push(`the row counts ${job.attempt} attempts, its events ${attempt}`);
  return [...faults, ...resultFaults(job, lease, completion)];
}

function resultFaults(job: JobRow, lease: string | null, completion: EventRow | undefined): string[] {
  const { result_lease, result_digest } = job;
  const has = result_digest !== null;
  if (has && !isTerminal(job.state)) return ["there is a result of a job that has not ended"];
  if (job.state !== "completed") return [];
  if (!has) return ["it is completed without a result"];
  const faults: string[] = [];
  if (result_lease !== lease) faults.push("the result is not of the last lease");
  if (completion?.digest !== result_digest) faults.push("the result is not the one that was reported");
  return faults;
}

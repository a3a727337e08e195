import { type Actor, type JobState, type TransitionName, transitions } from "../job-state.ts";
import type { Obeys } from "./rules.ts";
import type { Size, World } from "./world.ts";

/** One thing that can happen next. */
export interface Step {
  readonly says: string;
  readonly next: World;
  /** The transition of the table that it is, by whom and from where; absent when the job does not change. */
  readonly move?: Move;
}

export interface Move {
  readonly transition: TransitionName;
  readonly actor: Actor;
  readonly from: JobState | null;
}

export interface Setting {
  readonly size: Size;
  readonly obeys: Obeys;
}

const destination = new Map(transitions.map(({ name, to }) => [name, to]));

/** Moves the job as the table of transitions says, which also ends its lease where the new state has none. */
export function move(
  world: World,
  says: string,
  transition: TransitionName,
  actor: Actor,
  { obeys }: Setting,
  changes: Partial<World> = {},
): Step {
  const to = destination.get(transition)!;
  const state = to === "same" ? world.state : to;
  const keepsLease =
    to === "same" ||
    state === "running" ||
    state === "cancel_requested" ||
    (state === "waiting" && !obeys("requeue_clears_lease")) ||
    (state === "suspended" && !obeys("suspend_clears_lease"));
  const next = { ...world, state, ...(keepsLease ? {} : { lease: 0 }), ...changes };
  return { says, next, move: { transition, actor, from: world.state } };
}

/** Whether the job may have another attempt. */
export function mayWait({ counted, grants }: World, { size, obeys }: Setting): boolean {
  return (
    (counted < size.attemptsMax || !obeys("attempts_bounded")) &&
    (grants < size.leasesMax || !obeys("leases_bounded"))
  );
}

/**
 * The life of a job: its states, exactly those that Perceval knows, and the one table of transitions.
 * Whatever the table does not list is refused; no other module changes a job's state by rules of its own.
 */
export const jobStates = [
  "waiting",
  "running",
  "completed",
  "error",
  "canceled",
  "suspended",
  "cancel_requested",
] as const;

export type JobState = (typeof jobStates)[number];

/** States that are never left. */
export const terminalStates = ["completed", "error", "canceled"] as const satisfies readonly JobState[];

/** States in which exactly one worker holds a lease on the job. */
export const leasedStates = ["running", "cancel_requested"] as const satisfies readonly JobState[];

/** Who may cause a transition. The holder is the worker whose lease id matches; the system acts on rules alone. */
export type Actor = "owner" | "admin" | "worker" | "holder" | "reaper" | "system";

export interface Transition {
  /** Names the statement that performs it and the event it leaves. */
  readonly name: string;
  readonly from: readonly JobState[] | null;
  readonly to: JobState | "same";
  readonly actors: readonly Actor[];
}

export const transitions = [
  { name: "submit", from: null, to: "waiting", actors: ["owner"] },
  { name: "rerun", from: null, to: "waiting", actors: ["owner", "admin"] },
  { name: "acquire", from: ["waiting"], to: "running", actors: ["worker"] },
  { name: "renew", from: ["running", "cancel_requested"], to: "same", actors: ["holder"] },
  { name: "complete", from: ["running"], to: "completed", actors: ["holder"] },
  { name: "complete_despite_cancel", from: ["cancel_requested"], to: "completed", actors: ["holder"] },
  { name: "fail", from: ["running"], to: "error", actors: ["holder"] },
  { name: "requeue", from: ["running"], to: "waiting", actors: ["holder", "reaper"] },
  { name: "give_up", from: ["running"], to: "error", actors: ["reaper"] },
  { name: "request_cancel", from: ["running"], to: "cancel_requested", actors: ["owner", "admin"] },
  { name: "finish_cancel", from: ["cancel_requested"], to: "canceled", actors: ["holder", "reaper"] },
  { name: "cancel_waiting", from: ["waiting"], to: "canceled", actors: ["owner", "admin"] },
  { name: "cancel_suspended", from: ["suspended"], to: "canceled", actors: ["owner", "admin"] },
  { name: "suspend_waiting", from: ["waiting"], to: "suspended", actors: ["admin", "system"] },
  { name: "suspend_running", from: ["running"], to: "suspended", actors: ["admin", "system"] },
  { name: "resume", from: ["suspended"], to: "waiting", actors: ["admin", "system"] },
  { name: "expire", from: ["waiting", "suspended"], to: "error", actors: ["system"] },
] as const satisfies readonly Transition[];

export type TransitionName = (typeof transitions)[number]["name"];

export function isTerminal(state: JobState): boolean {
  return (terminalStates as readonly JobState[]).includes(state);
}

export function isLeased(state: JobState): boolean {
  return (leasedStates as readonly JobState[]).includes(state);
}

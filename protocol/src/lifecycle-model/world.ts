import { type JobState, jobStates } from "../job-state.ts";

export const reports = ["renew", "stage", "complete", "fail", "retry", "release"] as const;
/** What a worker tells of its lease; `retry` is a failure that another attempt might not meet. */
export type Report = (typeof reports)[number];

/** A lease as one worker knows it. The grant counts leases truly given, which no real party can see. */
export interface Hold {
  readonly lease: number;
  readonly grant: number;
}

export interface Message extends Hold {
  readonly report: Report;
}

/** What somebody has read of the job and is about to act upon. */
export interface Reading {
  readonly by: "reaper" | "owner";
  readonly state: JobState;
  readonly lease: number;
}

/** One job, and everybody who can touch it. Jobs are independent rows, so one is enough. */
export interface World {
  /** Null before the job is submitted. */
  readonly state: JobState | null;
  /** 0 for none. */
  readonly lease: number;
  readonly grants: number;
  readonly counted: number;
  /** The grant under which bytes are staged, 0 for none. */
  readonly staged: number;
  /** The grant whose result is visible, 0 for none. */
  readonly result: number;
  readonly resultsStored: number;
  /** A report under a superseded lease has changed something. */
  readonly supersededActed: boolean;
  /** The owner was told that the job is canceled. */
  readonly toldCanceled: boolean;
  /** A completion has changed the state and not stored its result yet. */
  readonly halfCompleted: boolean;
  readonly reading: Reading | null;
  /** What each worker believes to hold, null for an idle one. */
  readonly workers: readonly (Hold | null)[];
  /** Sent and not lost: each may arrive any number of times, in any order. */
  readonly messages: readonly Message[];
  readonly crashesLeft: number;
  readonly suspendsLeft: number;
}

export interface Size {
  readonly workers: number;
  readonly attemptsMax: number;
  readonly leasesMax: number;
  readonly messagesMax: number;
  readonly crashesMax: number;
  readonly suspendsMax: number;
}

export function beginning(size: Size): World {
  return {
    state: null,
    lease: 0,
    grants: 0,
    counted: 0,
    staged: 0,
    result: 0,
    resultsStored: 0,
    supersededActed: false,
    toldCanceled: false,
    halfCompleted: false,
    reading: null,
    workers: Array.from({ length: size.workers }, () => null),
    messages: [],
    crashesLeft: size.crashesMax,
    suspendsLeft: size.suspendsMax,
  };
}

const stateNumber = new Map<JobState | null, number>(
  [...jobStates.entries()].map(([i, state]) => [state, i]),
);
const reportNumber = new Map<Report, number>([...reports.entries()].map(([i, report]) => [report, i]));

/** A text that two worlds share exactly when they are the same; the order of messages in flight means nothing. */
export function keyOf(world: World): string {
  const { reading } = world;
  const flags =
    (world.supersededActed ? 1 : 0) | (world.toldCanceled ? 2 : 0) | (world.halfCompleted ? 4 : 0);
  let key = String.fromCharCode(
    world.state === null ? jobStates.length : stateNumber.get(world.state)!,
    pair(world.lease, world.grants),
    pair(world.counted, world.resultsStored),
    pair(world.staged, world.result),
    flags,
    reading === null
      ? 0
      : 1 + (reading.by === "reaper" ? 0 : 1) + 2 * pair(stateNumber.get(reading.state)!, reading.lease),
    pair(world.crashesLeft, world.suspendsLeft),
  );
  for (const hold of world.workers)
    key += String.fromCharCode(hold === null ? 0 : pair(hold.lease, hold.grant));
  const inFlight = world.messages.map(
    ({ report, lease, grant }) => reportNumber.get(report)! * 256 + pair(lease, grant),
  );
  return key + String.fromCharCode(...inFlight.sort((a, b) => a - b));
}

/** Both are below 16: no size that can be explored comes near. */
function pair(a: number, b: number): number {
  return a * 16 + b;
}

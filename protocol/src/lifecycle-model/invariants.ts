import { isLeased, isTerminal } from "../job-state.ts";
import type { Size, World } from "./world.ts";

export interface Invariant {
  readonly id: string;
  readonly says: string;
  readonly holds: (after: World, before: World, size: Size) => boolean;
}

const ended = ({ state }: World) => state !== null && isTerminal(state);

/** What must be so after every step, whoever acts, whatever is lost, repeated, reordered or late. */
export const invariants: readonly Invariant[] = [
  {
    id: "I1",
    says: "a report under a superseded lease changes nothing",
    holds: (after) => !after.supersededActed,
  },
  {
    id: "I2",
    says: "a terminal state is never left, and its result never changes",
    holds: (after, before) =>
      !ended(before) ||
      (after.state === before.state && (before.result === 0 || after.result === before.result)),
  },
  { id: "I3", says: "at most one result is ever stored", holds: (after) => after.resultsStored <= 1 },
  {
    id: "I4",
    says: "a job is completed exactly when it has a result",
    holds: (after) => (after.state === "completed") === (after.result !== 0),
  },
  { id: "I5", says: "the attempts never decrease", holds: (after, before) => after.grants >= before.grants },
  {
    id: "I6",
    says: "the result is that of the last lease",
    holds: (after) => after.result === 0 || after.result === after.grants,
  },
  {
    id: "I7",
    says: "a job that was called canceled never runs",
    holds: (after) => !after.toldCanceled || after.state === "canceled",
  },
  {
    id: "I8",
    says: "attempts and leases stay within their bounds",
    holds: (after, _, size) => after.counted <= size.attemptsMax && after.grants <= size.leasesMax,
  },
  {
    id: "I9",
    says: "a request to cancel is never forgotten",
    holds: (after, before) =>
      before.state !== "cancel_requested" ||
      after.state === "cancel_requested" ||
      after.state === "completed" ||
      after.state === "canceled",
  },
  {
    id: "I10",
    says: "a running job, or one asked to stop, has a lease",
    holds: (after) => after.state === null || !isLeased(after.state) || after.lease !== 0,
  },
  {
    id: "I11",
    says: "any other job has none",
    holds: (after) => (after.state !== null && isLeased(after.state)) || after.lease === 0,
  },
];

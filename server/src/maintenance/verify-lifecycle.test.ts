import { describe, expect, test } from "vitest";
import { faultsOf } from "./verify-lifecycle.ts";

type Job = Parameters<typeof faultsOf>[0];
type Event = NonNullable<Job["events"]>[number];

const event = (transition: string, to: string, attempt: number, actor: string, changes: object = {}): Event =>
  ({ transition, to, attempt, actor, lease: null, digest: null, ...changes }) as Event;

const submitted = event("submit", "waiting", 0, "owner");
const acquired = event("acquire", "running", 1, "worker", { lease: "a1" });
const requeued = event("requeue", "waiting", 1, "reaper", { lease: "a1" });
const reacquired = event("acquire", "running", 2, "worker", { lease: "a2" });
const completed = event("complete", "completed", 2, "holder", { lease: "a2", digest: "d2" });
const history = [submitted, acquired, requeued, reacquired, completed];

const sound: Job = {
  id: "1",
  state: "completed",
  attempt: 2,
  result_lease: "a2",
  result_digest: "d2",
  events: history,
};
const withoutResult = { result_lease: null, result_digest: null };

describe("verifying a job's life", () => {
  test("finds nothing in a sound one", () => {
    expect(faultsOf(sound)).toEqual([]);
    expect(
      faultsOf({ ...sound, ...withoutResult, state: "waiting", attempt: 0, events: [submitted] }),
    ).toEqual([]);
  });

  test.each<[string, Partial<Job>, string]>([
    ["a change of state without an event", { events: history.slice(0, 4) }, "its events end in running"],
    ["an event without a change of state", { state: "running", ...withoutResult }, "the row is running"],
    ["no event at all", { events: null }, "its events end in nothing"],
    ["an event twice", { events: [...history, completed] }, "complete from completed is no transition"],
    ["a job that was never submitted", { events: history.slice(1) }, "acquire from nothing is no transition"],
    [
      "a terminal state that was left",
      { events: [...history, event("requeue", "waiting", 2, "reaper")], state: "waiting" },
      "requeue from completed is no transition",
    ],
    [
      "a cancel request that was forgotten",
      {
        ...withoutResult,
        state: "waiting",
        attempt: 1,
        events: [submitted, acquired, event("request_cancel", "cancel_requested", 1, "owner"), requeued],
      },
      "requeue from cancel_requested is no transition",
    ],
    [
      "a transition to where it does not lead",
      { events: [...history.slice(0, 4), { ...completed, to: "error" }], state: "error", ...withoutResult },
      "complete leads to completed, not to error",
    ],
    [
      "a transition by whom it is not for",
      { events: [...history.slice(0, 4), { ...completed, actor: "owner" }] },
      "complete by owner is not allowed",
    ],
    [
      "a transition that does not exist",
      { events: [event("begin", "waiting", 0, "owner")] },
      "begin from nothing",
    ],
    ["an attempt that was not counted", { attempt: 1 }, "the row counts 1 attempts, its events 2"],
    [
      "an event of another attempt",
      { events: [...history.slice(0, 4), { ...completed, attempt: 1 }] },
      "complete is of attempt 1, not 2",
    ],
    ["a completed job without a result", withoutResult, "it is completed without a result"],
    ["a result of a superseded lease", { result_lease: "a1" }, "the result is not of the last lease"],
    ["a result that was changed", { result_digest: "d1" }, "the result is not the one that was reported"],
    [
      "a result before the end",
      { events: history.slice(0, 4), state: "running" },
      "there is a result of a job that has not ended",
    ],
  ])("finds %s", (_, changes, sentence) => {
    expect(faultsOf({ ...sound, ...changes }).join("; ")).toContain(sentence);
  });
});

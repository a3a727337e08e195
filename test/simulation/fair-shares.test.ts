import fc from "fast-check";
import { expect, test } from "vitest";
import { type QueueStep, queueStep } from "../../server/test/queue-history.ts";
import { createQueueModel } from "../../server/test/queue-model.ts";
import { checkFairShares } from "./fair-shares.ts";
import type { FinalEvent, FinalJob } from "./final-jobs.ts";

const owners = [1, 2, 3].map((id) => ({ id, name: `owner ${id}`, group: `owner ${id}`, share: 1 }));

/** Lets the steps happen to the model of the queue, and writes down what the database would. */
function live(steps: readonly QueueStep[]): FinalJob[] {
  const model = createQueueModel();
  const jobs = new Map<string, FinalJob & { events: FinalEvent[] }>();
  let events = 0;
  const note = (id: string, transition: FinalEvent["transition"], to: FinalEvent["to"]) => {
    const job = jobs.get(id)!;
    const attempt = job.events.filter((event) => event.transition === "acquire").length;
    const number = attempt + (transition === "acquire" ? 1 : 0);
    job.events.push({ id: ++events, transition, to, actor: "", attempt: number, lease: null, digest: null });
  };
  const claim = () => {
    const id = model.claim();
    if (id !== undefined) note(id, "acquire", "running");
    return id;
  };
  const after = {
    complete: ["running", "complete", "completed"],
    release: ["running", "requeue", "waiting"],
    cancel: ["waiting", "cancel_waiting", "canceled"],
    suspend: ["waiting", "suspend_waiting", "suspended"],
    resume: ["suspended", "resume", "waiting"],
  } as const;
  for (const step of steps) {
    if (step.kind === "claim") claim();
    else if (step.kind === "submit") {
      const owner = owners[step.owner % owners.length]!;
      const id = `job ${jobs.size + 1}`;
      model.submit(id, owner);
      jobs.set(id, { id, owner_id: owner.id, events: [] } as unknown as FinalJob & { events: FinalEvent[] });
      note(id, "submit", "waiting");
    } else {
      const [state, transition, to] = after[step.kind];
      const ids = model.inState(state);
      const id = ids[step.pick % ids.length];
      if (id === undefined) continue;
      model[step.kind === "complete" ? "cancel" : step.kind](id);
      note(id, transition, to);
    }
  }
  while (claim() !== undefined);
  return [...jobs.values()];
}

test("a newcomer starts after one job of each other owner, whatever came back, was canceled or suspended", () => {
  fc.assert(
    fc.property(fc.array(queueStep, { minLength: 10, maxLength: 60 }), (steps) => {
      expect(checkFairShares(live(steps))).toEqual([]);
    }),
    { numRuns: 30_000, seed: 20261124 },
  );
}, 60_000);

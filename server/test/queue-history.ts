import assert from "node:assert/strict";
import fc from "fast-check";
import type pg from "pg";
import { createQueue, type QueueOwner } from "./fair-queue.ts";
import { createQueueModel } from "./queue-model.ts";

/** One thing that happens to a queue; `pick` chooses among the jobs that it can happen to. */
export type QueueStep =
  | { readonly kind: "submit"; readonly owner: number }
  | { readonly kind: "claim" }
  | { readonly kind: "complete" | "release" | "cancel" | "suspend" | "resume"; readonly pick: number };

const pick = fc.nat(1000);
export const queueStep: fc.Arbitrary<QueueStep> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("submit" as const), owner: pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("claim" as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("complete", "release", "cancel", "suspend", "resume"),
      pick,
    }),
  },
);

/**
 * Lets the same steps happen to a real queue and to the model of its order, takes whatever then waits, and compares
 * every job that is claimed.
 * @returns how many claims were compared
 */
export async function compareWithModel(
  pool: pg.Pool,
  owners: readonly QueueOwner[],
  steps: readonly QueueStep[],
): Promise<number> {
  const queue = await createQueue(pool);
  const model = createQueueModel();
  let claims = 0;
  const claim = async () => {
    claims += 1;
    const claimed = await queue.claim();
    assert.equal(claimed?.id, model.claim(), `claim ${claims} took another job than the model`);
    return claimed;
  };
  const choose = (states: Parameters<typeof model.inState>[0][], pick: number) => {
    const ids = states.flatMap((state) => model.inState(state));
    return ids.length === 0 ? undefined : ids[pick % ids.length]!;
  };
  for (const step of steps) {
    if (step.kind === "claim") await claim();
    else if (step.kind === "submit") {
      const owner = owners[step.owner % owners.length]!;
      model.submit(await queue.submit(owner), owner);
    } else if (step.kind === "complete") {
      const id = choose(["running"], step.pick);
      if (id === undefined) continue;
      await queue.complete(id);
      model.cancel(id);
    } else {
      const states = {
        release: "running",
        cancel: "waiting",
        suspend: "waiting",
        resume: "suspended",
      } as const;
      const id = choose([states[step.kind]], step.pick);
      if (id === undefined) continue;
      await queue[step.kind](id);
      model[step.kind](id);
    }
  }
  while ((await claim()) !== undefined);
  return claims;
}

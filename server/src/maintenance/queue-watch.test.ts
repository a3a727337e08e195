import { expect, test } from "vitest";
import type { Queryable } from "../database/database.ts";
import { createQueueSignal } from "../leases/queue-signal.ts";
import { watchQueue } from "./queue-watch.ts";

test("the watch wakes as many as jobs are due, those that have waited longest, and no herd", async () => {
  const signal = createQueueSignal();
  const woken: number[] = [];
  const never = new AbortController();
  for (let waiter = 0; waiter < 100; waiter++)
    void signal.wait(["a"], 600_000, never.signal).then(() => woken.push(waiter));
  const asked: unknown[] = [];
  const db = {
    query: async (_: string, values: unknown[]) => {
      asked.push(values);
      return { rows: [{ platform_id: "a", jobs: 3 }] };
    },
  } as unknown as Queryable;

  await watchQueue(db, signal);
  await Promise.resolve();
  expect(woken).toEqual([0, 1, 2]);
  expect(asked).toEqual([[["a"], 100]]);
  expect(signal.waiting()).toEqual(new Map([["a", 97]]));
  never.abort();
});

test("the watch asks for nothing when nobody waits", async () => {
  const db = { query: () => Promise.reject(new Error("asked")) } as unknown as Queryable;
  await watchQueue(db, createQueueSignal());
});

import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

/** Work that goes on until it is told to end. */
function pending() {
  let end: (() => void) | undefined;
  let begun = false;
  const work = () => {
    begun = true;
    return new Promise<string>((resolve) => {
      end = () => resolve("done");
    });
  };
  return { work, end: () => end?.(), begun: () => begun };
}

test("work is done a few at a time, in order, and refused when too much waits", async () => {
  const turns = createTurns({ atOnce: 2, waitingMax: 2 });
  const works = Array.from({ length: 5 }, pending);
  const taken = works.map(({ work }) => turns.take(work));
  await expect(taken[4]).rejects.toMatchObject({ code: "busy", status: 429, detail: { retry_after_s: 1 } });
  expect(works.map(({ begun }) => begun())).toEqual([true, true, false, false, false]);
  works[1]!.end();
  expect(await taken[1]).toBe("done");
  await Promise.resolve();
  expect(works.map(({ begun }) => begun())).toEqual([true, true, true, false, false]);
  works[0]!.end();
  await taken[0];
  await Promise.resolve();
  expect(works[3]!.begun()).toBe(true);
  works[2]!.end();
  works[3]!.end();
  expect(await Promise.all(taken.slice(0, 4))).toEqual(Array(4).fill("done"));
});

test("work that fails gives its place on", async () => {
  const turns = createTurns({ atOnce: 1, waitingMax: 1 });
  const failed = turns.take(() => Promise.reject(new Error("no")));
  const next = turns.take(async () => "done");
  await expect(failed).rejects.toThrow("no");
  expect(await next).toBe("done");
  expect(await turns.take(async () => "again")).toBe("again");
});

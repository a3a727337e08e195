import { expect, test } from "vitest";
import { createTurnstile } from "./turnstile.ts";

test("a turnstile lets so many in at once, the others in their order, and goes on after one that failed", async () => {
  const turnstile = createTurnstile(2);
  const begun: number[] = [];
  const ends = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
  const done = ends.map(({ promise }, number) =>
    turnstile(() => {
      begun.push(number);
      return promise;
    }),
  );
  expect(begun).toEqual([0, 1]);
  ends[1]!.reject(new Error("no"));
  await expect(done[1]).rejects.toThrow("no");
  expect(begun).toEqual([0, 1, 2]);
  ends[0]!.resolve(10);
  ends[2]!.resolve(12);
  expect(await Promise.all([done[0], done[2]])).toEqual([10, 12]);
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]!.resolve(13);
  expect(await done[3]).toBe(13);
});

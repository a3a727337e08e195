import { describe, expect, test } from "vitest";
import { between, statesByPhotons } from "./capped-states.ts";

/** Every list of counts below the caps, by the definition. */
function enumerate(caps: readonly number[], photons: number): number {
  if (caps.length === 0) return photons === 0 ? 1 : 0;
  let total = 0;
  for (let here = 0; here <= Math.min(caps[0]!, photons); here++) {
    total += enumerate(caps.slice(1), photons - here);
  }
  return total;
}

describe("states under caps", () => {
  const infinite = Number.POSITIVE_INFINITY;
  test.each([
    { caps: [1, 1, 1, 1] },
    { caps: [infinite, infinite, infinite] },
    { caps: [2, 3, 1, infinite, 0] },
    { caps: [0, 0] },
    { caps: [] },
  ])("of $caps are as many as enumeration finds", ({ caps }) => {
    const counted = statesByPhotons(caps, 5).map((each) => Math.round(10 ** each));
    expect(counted).toEqual([0, 1, 2, 3, 4, 5].map((photons) => enumerate(caps, photons)));
  });

  test("of several photon numbers add up", () => {
    expect(10 ** between(statesByPhotons([1, 1, 1], 3), 0, 3)).toBeCloseTo(8, 9);
  });

  test("of 1,000 photons in 1,000 modes do not overflow", () => {
    const all = statesByPhotons(
      Array.from({ length: 1000 }, (_, i) => (i % 3 === 0 ? 1 : infinite)),
      1000,
    );
    expect(all[1000]).toBeGreaterThan(300);
    expect(Number.isFinite(all[1000])).toBe(true);
  });
});

import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { stateTexts } from "../../src/kernels/state-texts.ts";
import { createTeam } from "../../src/kernels/team.ts";
import type { StateTable } from "../../src/model/index.ts";
import { createRandom } from "../../src/simulation/random.ts";

function joined({ modes, counts, values }: StateTable): string {
  return Array.from(
    values,
    (value, row) => `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>=${value}`,
  ).join(";");
}

/** A table of one mode with numbers. */
function numbers(values: Iterable<number>): StateTable {
  const all = Float64Array.from(values);
  return { modes: 1, counts: new Uint16Array(all.length), values: all };
}

const tables: fc.Arbitrary<StateTable> = fc
  .tuple(
    fc.nat({ max: 40 }),
    fc.array(fc.oneof(fc.double(), fc.nat(), fc.double({ min: 0, max: 1 })), { maxLength: 20 }),
    fc.infiniteStream(fc.oneof(fc.nat({ max: 9 }), fc.nat({ max: 65_535 }))),
  )
  .map(([modes, values, counts]) => ({
    modes,
    counts: Uint16Array.from({ length: modes * values.length }, () => counts.next().value),
    values: Float64Array.from(values),
  }));

/** Doubles whose bits are all equally probable. */
function anyDoubles(count: number): Float64Array {
  const random = createRandom(5);
  return new Float64Array(
    Uint32Array.from({ length: 2 * count }, () => Math.floor(random.next() * 2 ** 32)).buffer,
  );
}

/** Doubles of any bits between powers of two. */
function doublesBetween(least: number, most: number, count: number): number[] {
  const random = createRandom(7);
  return Array.from({ length: count }, () => {
    const power = Math.floor(least + random.next() * (most - least));
    return 2 ** power * (1 + Math.floor(random.next() * 2 ** 52) * 2 ** -52);
  });
}

/** So many units in the last place further. */
function step(value: number, units: number): number {
  const words = new BigInt64Array(Float64Array.of(value).buffer);
  words[0]! += BigInt(units);
  return new Float64Array(words.buffer)[0]!;
}

describe.each(["wasm", "plain"] as const)("text of states by %s kernels", (engine) => {
  test("has counts and numbers as JavaScript writes them", () => {
    fc.assert(
      fc.property(fc.array(tables, { maxLength: 5 }), (of) => {
        expect(stateTexts(of, { engine })).toEqual(of.map(joined));
      }),
    );
  });

  test("is whole where it takes several calls", () => {
    const random = createRandom(3);
    const long: StateTable = {
      modes: 9,
      counts: Uint16Array.from({ length: 9 * 40_000 }, () => Math.floor(random.next() * 12)),
      values: Float64Array.from({ length: 40_000 }, () => random.next() ** 9),
    };
    expect(stateTexts([long, numbers([]), long], { engine })).toEqual([joined(long), "", joined(long)]);
  });
});

describe("text of numbers", () => {
  test.each([
    ["of any bits", anyDoubles(200_000)],
    ["that are powers of two", Array.from({ length: 2098 }, (_, i) => 2 ** (i - 1074))],
    ["next to powers of two", Array.from({ length: 2046 }, (_, i) => 2 ** (i - 1022) * (1 - 2 ** -53))],
    [
      "of few digits",
      Array.from({ length: 60_000 }, (_, i) => Number(`${1 + (i % 997)}e${(i % 620) - 330}`)),
    ],
    ["below one", doublesBetween(-340, 0, 200_000)],
    ["where exponents begin", doublesBetween(-24, -16, 60_000)],
    [
      "next to few digits",
      Array.from({ length: 60_000 }, (_, i) => step((1 + (i % 997)) / 10 ** (i % 101), (i % 7) - 3)),
    ],
    ["halfway between digits", Array.from({ length: 60_000 }, (_, i) => (1 + 2 * i) / 2 ** (17 + (i % 40)))],
    ["that are parts", Array.from({ length: 60_000 }, (_, i) => (1 + (i % 499)) / (1 + (i % 9973)))],
    ["that are the smallest", Array.from({ length: 5000 }, (_, i) => i * 2 ** -1074)],
    ["that are large and whole", Array.from({ length: 5000 }, (_, i) => 2 ** 53 + 1e17 * i + i)],
    ["that are none", [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, -0.5]],
  ])("%s is the shortest that reads back", (_, values) => {
    const of = numbers(values);
    expect(stateTexts([of])[0] === joined(of)).toBe(true);
  });
});

describe("text by several threads", () => {
  const teams = [1, 7].map((helpers) => createTeam(helpers));
  afterAll(() => Promise.all(teams.map((team) => team.close())));

  test("is that of one", () => {
    const table = numbers(anyDoubles(300_000));
    const alone = stateTexts([table, table])[0];
    for (const team of teams) expect(stateTexts([table, table], { team })[1] === alone).toBe(true);
  });
});

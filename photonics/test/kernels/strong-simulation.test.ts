import { afterAll, describe, expect, test } from "vitest";
import { createSlos, type SlosOptions, type SlosOutput, slosBytes } from "../../src/kernels/slos.ts";
import { planSlos } from "../../src/kernels/slos-plan.ts";
import { type Bounds, unbounded } from "../../src/kernels/state-part.ts";
import { createTeam } from "../../src/kernels/team.ts";
import { StoppedError } from "../../src/simulation/watch.ts";
import { amplitudeOf, statesOf, unitaryColumns } from "./cases.ts";

interface Case {
  readonly photons: number;
  readonly bounds: Bounds;
  readonly backModes?: number;
}

function valuesOf(
  { photons, bounds, backModes }: Case,
  output: SlosOutput,
  options: SlosOptions = {},
): Float64Array {
  const columns = unitaryColumns(Math.min(photons, bounds.caps.length), bounds.caps.length, 11);
  // Where photons outnumber modes some enter together.
  const entering = Array.from({ length: photons }, (_, i) => columns[i % columns.length]!);
  const slos = createSlos(planSlos(photons, bounds, backModes), output, options);
  const values = slos.run(entering).slice();
  slos.release();
  return values;
}

function byDefinition({ photons, bounds }: Case): [number, number][] {
  const columns = unitaryColumns(Math.min(photons, bounds.caps.length), bounds.caps.length, 11);
  const entering = Array.from({ length: photons }, (_, i) => columns[i % columns.length]!);
  return statesOf(photons, bounds.caps.length)
    .filter((state) =>
      state.every((count, mode) => count <= bounds.caps[mode]! && count >= bounds.required[mode]!),
    )
    .map((state) => amplitudeOf(entering, state));
}

const cases: Case[] = [
  ...[
    [0, 3],
    [1, 1],
    [1, 4],
    [2, 2],
    [3, 3],
    [4, 3],
    [5, 2],
    [3, 6],
    [5, 4],
    [6, 5],
  ].map(([photons, modes]) => ({
    photons: photons!,
    bounds: unbounded(modes!),
  })),
  ...[1, 2, 5].map((backModes) => ({ photons: 4, bounds: unbounded(5), backModes })),
  { photons: 3, bounds: { ...unbounded(6), caps: new Array(6).fill(1) } },
  { photons: 5, bounds: { ...unbounded(5), caps: [2, 1, 3, 0, Number.POSITIVE_INFINITY] } },
  {
    photons: 4,
    bounds: { caps: [1, 1, Number.POSITIVE_INFINITY, 2, 1], required: [1, 1, 0, 0, 0] },
    backModes: 2,
  },
  { photons: 3, bounds: { caps: [2, 2, 2], required: [0, 0, 1] } },
  { photons: 4, bounds: { caps: [0, 2, 4, 4, 4, 4], required: [0, 2, 0, 0, 0, 0] }, backModes: 3 },
];
const title = ({ photons, bounds, backModes }: Case) =>
  `${photons} photons, caps ${bounds.caps.map((cap) => (cap === Number.POSITIVE_INFINITY ? "-" : cap))}, required ${bounds.required}, back ${backModes ?? "chosen"}`;

describe.each(["wasm", "plain"] as const)("strong simulation by %s kernels", (engine) => {
  test.each(cases.map((one) => [title(one), one] as const))(
    "gives the permanents of every state: %s",
    (_, one) => {
      const amplitudes = valuesOf(one, "amplitudes", { engine });
      const probabilities = valuesOf(one, "probabilities", { engine });
      const expected = byDefinition(one);
      expect(probabilities.length).toBe(expected.length);
      for (const [i, [re, im]] of expected.entries()) {
        expect(amplitudes[2 * i]).toBeCloseTo(re, 13);
        expect(amplitudes[2 * i + 1]).toBeCloseTo(im, 13);
        expect(probabilities[i]).toBeCloseTo(re * re + im * im, 13);
      }
    },
  );

  test("stops on request and can be run again", () => {
    const columns = unitaryColumns(4, 8, 3);
    const slos = createSlos(planSlos(4, unbounded(8)), "probabilities", { engine });
    const before = slos.run(columns).slice();
    expect(() => slos.run(columns, { signal: { aborted: true } })).toThrow(StoppedError);
    expect(slos.run(columns)).toEqual(before);
    slos.release();
  });
});

describe("strong simulation", () => {
  const large: Case = { photons: 7, bounds: unbounded(13) };
  const teams = [1, 2, 7].map((helpers) => createTeam(helpers));
  afterAll(() => Promise.all(teams.map((team) => team.close())));

  test("gives the same bits with compiled and plain kernels", () => {
    for (const one of [...cases, { photons: 6, bounds: unbounded(11) }])
      for (const output of ["amplitudes", "probabilities"] as const)
        expect(valuesOf(one, output, { engine: "plain" })).toEqual(valuesOf(one, output));
  });

  test("gives the same bits on 1, 2, 3 and 8 threads", () => {
    const alone = valuesOf(large, "probabilities");
    for (const team of teams) expect(valuesOf(large, "probabilities", { team })).toEqual(alone);
  });

  test("stops all of its threads on request, which then do other work", () => {
    const team = teams[1]!;
    const columns = unitaryColumns(7, 13, 5);
    const slos = createSlos(planSlos(7, unbounded(13)), "probabilities", { team });
    let heard = 0;
    const signal = {
      get aborted() {
        return heard > 3;
      },
    };
    expect(() => slos.run(columns, { signal, onProgress: () => heard++ })).toThrow(StoppedError);
    slos.release();
    expect(valuesOf(large, "probabilities", { team })).toEqual(valuesOf(large, "probabilities"));
  });

  test("tells progress that never decreases and ends at one", () => {
    const heard: number[] = [];
    const slos = createSlos(planSlos(6, unbounded(10)), "probabilities");
    slos.run(unitaryColumns(6, 10, 4), { onProgress: (fraction) => heard.push(fraction) });
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBeCloseTo(1, 12);
    slos.release();
  });

  test("sums to one for photons in a unitary circuit", () => {
    const sum = valuesOf(large, "probabilities").reduce((total, p) => total + p, 0);
    expect(sum).toBeCloseTo(1, 12);
  });

  test("takes the memory that it says, 14 bytes a state for 10 photons in 20 modes", () => {
    const plan = planSlos(10, unbounded(20));
    expect(plan.size).toBe(20_030_010);
    expect(slosBytes(plan, "probabilities") / plan.size).toBeLessThan(14);
    const smaller = planSlos(7, unbounded(13));
    const slos = createSlos(smaller, "probabilities");
    expect(slosBytes(smaller, "probabilities")).toBeGreaterThanOrEqual(slos.arena.used());
    expect(slosBytes(smaller, "probabilities")).toBeLessThan(1.2 * slos.arena.used());
    slos.release();
  });

  test("refuses to divide the modes where one of the last ones requires photons", () => {
    expect(() => planSlos(2, { caps: [2, 2, 2], required: [0, 0, 1] }, 1)).toThrow(
      "must not require photons",
    );
  });
});

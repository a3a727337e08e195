import { describe, expect, test } from "vitest";
import { noisyProbabilities } from "../../src/kernels/noise.ts";
import { noiseBytes } from "../../src/kernels/noise-layers.ts";
import { type NoisyGroup, planNoise } from "../../src/kernels/noise-plan.ts";
import { createShotSampler, shotsAtOnce } from "../../src/kernels/shots.ts";
import { StoppedError } from "../../src/simulation/watch.ts";
import { amplitudeOf, chiSquare, chiSquareBound, factorials, statesOf, unitaryColumns } from "./cases.ts";

/** One photon: lost, interfering, alone, or interfering with another that does not. */
const noisy = [
  [0.3, 0.1],
  [0.5, 0.1],
];
/** Two photons in a mode: up to two interfere. */
const pair = [
  [0.1, 0.1, 0.1],
  [0.2, 0.1],
  [0.3, 0, 0.1],
];
const ideal = [[0], [1]];

interface Case {
  readonly modes: number;
  readonly rows: number;
  readonly chances: readonly (readonly (readonly number[])[])[];
}

const cases: [string, Case][] = [
  ["no photons", { modes: 2, rows: 2, chances: [] }],
  ["one ideal photon", { modes: 3, rows: 3, chances: [ideal] }],
  ["three ideal photons", { modes: 3, rows: 3, chances: [ideal, ideal, ideal] }],
  ["three noisy photons", { modes: 4, rows: 4, chances: [noisy, noisy, noisy] }],
  ["two photons in a mode", { modes: 3, rows: 3, chances: [pair, noisy] }],
  ["rows that nobody sees", { modes: 3, rows: 5, chances: [noisy, ideal, noisy] }],
  ["one mode that is seen", { modes: 1, rows: 4, chances: [noisy, pair] }],
];

function groupsOf({ modes, rows, chances }: Case): NoisyGroup[] {
  return unitaryColumns(chances.length, rows, 9).map((column, i) => {
    const squares = Float64Array.from(
      { length: rows },
      (_, row) => column[2 * row]! ** 2 + column[2 * row + 1]! ** 2,
    );
    const unseen = squares.subarray(modes).reduce((sum, p) => sum + p, 0);
    return { column, seen: squares.subarray(0, modes), unseen, chances: chances[i]! };
  });
}

const photonsMaxOf = ({ chances }: Case) =>
  chances.reduce((sum, rows) => sum + Math.max(...rows.map((row, k) => k + row.length - 1)), 0);

/** Every outcome of every group by itself: photons that interfere by permanents, the others one by one. */
function byDefinition(one: Case): Map<string, number> {
  const groups = groupsOf(one);
  const total = new Map<string, number>();
  const visit = (
    index: number,
    probability: number,
    interfering: readonly number[],
    alone: readonly number[],
  ) => {
    if (probability === 0) return;
    const group = groups[index];
    if (group === undefined) {
      addOutcome(total, one, groups, probability, interfering, alone);
      return;
    }
    for (const [k, row] of group.chances.entries()) {
      for (const [a, chance] of row.entries()) {
        const more = (count: number) => new Array<number>(count).fill(index);
        visit(index + 1, probability * chance, [...interfering, ...more(k)], [...alone, ...more(a)]);
      }
    }
  };
  visit(0, 1, [], []);
  return total;
}

function addOutcome(
  total: Map<string, number>,
  { modes, rows }: Case,
  groups: readonly NoisyGroup[],
  probability: number,
  interfering: readonly number[],
  alone: readonly number[],
): void {
  const entering = factorials(groups.map((_, i) => interfering.filter((group) => group === i).length));
  let states = statesOf(interfering.length, rows).map((state) => {
    const [re, im] = amplitudeOf(
      interfering.map((group) => groups[group]!.column),
      state,
    );
    return { state, p: (probability * (re * re + im * im)) / entering };
  });
  for (const group of alone) {
    states = states.flatMap(({ state, p }) =>
      Array.from({ length: rows }, (_, row) => {
        const { column } = groups[group]!;
        const chance = column[2 * row]! ** 2 + column[2 * row + 1]! ** 2;
        return { state: state.map((count, i) => (i === row ? count + 1 : count)), p: p * chance };
      }),
    );
  }
  for (const { state, p } of states) {
    const key = state.slice(0, modes).join();
    total.set(key, (total.get(key) ?? 0) + p);
  }
}

describe.each(["wasm", "plain"] as const)("exact noise by %s kernels", (engine) => {
  test.each(cases)("equals the sum over all outcomes of the source: %s", (_, one) => {
    const photonsMax = photonsMaxOf(one);
    const layers = noisyProbabilities(planNoise(groupsOf(one), one.modes, photonsMax), {}, engine);
    const expected = byDefinition(one);
    for (const [photons, layer] of layers.entries()) {
      const states = statesOf(photons, one.modes);
      expect(layer.length).toBe(states.length);
      for (const [i, state] of states.entries())
        expect(layer[i]).toBeCloseTo(expected.get(state.join()) ?? 0, 13);
    }
  });
});

describe("exact noise", () => {
  const one: Case = { modes: 5, rows: 6, chances: [noisy, noisy, pair, noisy] };

  test("has the same bits with compiled and plain kernels", () => {
    const plan = planNoise(groupsOf(one), one.modes, photonsMaxOf(one));
    expect(noisyProbabilities(plan, {}, "plain")).toEqual(noisyProbabilities(plan));
  });

  test("leaves out states with more photons than asked for, and nothing else", () => {
    const whole = noisyProbabilities(planNoise(groupsOf(one), one.modes, photonsMaxOf(one)));
    const cut = noisyProbabilities(planNoise(groupsOf(one), one.modes, 3));
    expect(cut.length).toBe(4);
    for (const [photons, layer] of cut.entries())
      for (const [i, p] of layer.entries()) expect(p).toBeCloseTo(whole[photons]![i]!, 14);
  });

  test("stops on request", () => {
    const plan = planNoise(groupsOf(one), one.modes, 4);
    expect(() => noisyProbabilities(plan, { signal: { aborted: true } })).toThrow(StoppedError);
  });

  test("needs little more memory than its probabilities", () => {
    const nine: Case = { modes: 9, rows: 9, chances: new Array(9).fill(noisy) };
    const plan = planNoise(groupsOf(nine), 9, 18);
    expect(noiseBytes(plan) / (8 * plan.offsets.at(-1)!)).toBeLessThan(8);
  });

  test("is what noisy shots follow", () => {
    const shots = 60_000;
    const groups = groupsOf(one);
    const layers = noisyProbabilities(planNoise(groups, one.modes, photonsMaxOf(one)));
    const sampler = createShotSampler(groups, one.modes);
    const observed = new Float64Array(sampler.offsets.at(-1)!);
    for (let first = 0; first < shots; first += shotsAtOnce)
      for (const number of sampler.draw(2n, first, Math.min(shots, first + shotsAtOnce)))
        observed[number]! += 1;
    sampler.release();
    const { chi2, freedom } = chiSquare(
      observed,
      layers.flatMap((layer) => [...layer].map((p) => p * shots)),
    );
    expect(chi2).toBeLessThan(chiSquareBound(freedom));
  });
});

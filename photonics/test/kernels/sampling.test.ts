import { describe, expect, test } from "vitest";
import { type Arena, createArena, type Engine, releaseArena } from "../../src/kernels/arena.ts";
import { createShotSampler, type ShotGroup, shotsAtOnce } from "../../src/kernels/shots.ts";
import { type Counts, countSorted, sortedBytes } from "../../src/kernels/sorted-counts.ts";
import { StoppedError } from "../../src/simulation/watch.ts";
import { amplitudeOf, chiSquare, chiSquareBound, statesOf, unitaryColumns } from "./cases.ts";

function withProbabilities<Result>(
  values: readonly number[],
  engine: Engine,
  use: (probabilities: Float64Array, arena: Arena) => Result,
): Result {
  const arena = createArena(8 * values.length + sortedBytes + 256, engine);
  const probabilities = arena.floats(arena.put(Float64Array.from(values)), values.length);
  const result = use(probabilities, arena);
  releaseArena(arena);
  return result;
}

function countsOf(values: readonly number[], draws: number, seed: bigint, engine: Engine = "wasm"): Counts {
  return withProbabilities(values, engine, (p, arena) => countSorted(p, draws, seed, arena));
}

describe("counts by sorted uniform numbers", () => {
  const weights = Array.from({ length: 200 }, (_, i) => (i % 5 === 3 ? 0 : 1 + (i % 7)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  test.each(["wasm", "plain"] as const)("follow the probabilities, by %s kernels", (engine) => {
    const draws = 100_000;
    const { states, draws: counts } = countsOf(weights, draws, 3n, engine);
    const observed = new Float64Array(weights.length);
    for (const [i, state] of states.entries()) observed[state] = counts[i]!;
    const { chi2, freedom } = chiSquare(
      observed,
      weights.map((weight) => (weight / total) * draws),
    );
    expect(chi2).toBeLessThan(chiSquareBound(freedom));
    expect(observed.reduce((sum, count) => sum + count, 0)).toBe(draws);
  });

  test("spread as independent draws do: the variance of a count is N·p·(1−p)", () => {
    const runs = 2000;
    const draws = 40;
    let sum = 0;
    let squares = 0;
    for (let run = 0; run < runs; run++) {
      const { states, draws: counts } = countsOf([3, 1], draws, BigInt(run));
      const count = counts[states.indexOf(0)] ?? 0;
      sum += count;
      squares += count * count;
    }
    const mean = sum / runs;
    expect(Math.abs(mean - 30)).toBeLessThan(5 * Math.sqrt(7.5 / runs));
    expect(Math.abs(squares / runs - mean ** 2 - 7.5)).toBeLessThan(5 * 7.5 * Math.sqrt(2 / runs));
  });

  test("never give a state of probability zero, and are the same for a seed and both kernels", () => {
    const first = countsOf(weights, 50_000, 8n);
    expect([...first.states].every((state) => weights[state]! > 0)).toBe(true);
    expect(countsOf(weights, 50_000, 8n)).toEqual(first);
    expect(countsOf(weights, 50_000, 8n, "plain")).toEqual(first);
    expect(countsOf(weights, 50_000, 9n)).not.toEqual(first);
  });

  test("stop on request", () => {
    const stopped = () =>
      withProbabilities(weights, "wasm", (p, arena) =>
        countSorted(p, 10, 1n, arena, { signal: { aborted: true } }),
      );
    expect(stopped).toThrow(StoppedError);
  });
});

const ideal = [[0], [1]];

function draw(groups: readonly ShotGroup[], seen: number, shots: number, engine: Engine = "wasm") {
  const sampler = createShotSampler(groups, seen, engine);
  const numbers: number[] = [];
  for (let first = 0; first < shots; first += shotsAtOnce)
    numbers.push(...sampler.draw(5n, first, Math.min(shots, first + shotsAtOnce)));
  const { offsets } = sampler;
  sampler.release();
  return { numbers, offsets };
}

describe("shots drawn photon by photon", () => {
  test.each([
    [1, 3],
    [2, 2],
    [3, 3],
    [4, 4],
    [5, 4],
    [6, 3],
  ])("follow the permanents: %i photons in %i modes", (photons, modes) => {
    const shots = 40_000;
    const columns = unitaryColumns(Math.min(photons, modes), modes, 2);
    const entering = Array.from({ length: photons }, (_, i) => columns[i % columns.length]!);
    const { numbers, offsets } = draw(
      entering.map((column) => ({ column, chances: ideal })),
      modes,
      shots,
    );
    const states = statesOf(photons, modes);
    const observed = new Float64Array(states.length);
    for (const number of numbers) observed[number - offsets[photons]!]! += 1;
    const expected = states.map((state) => {
      const [re, im] = amplitudeOf(entering, state);
      return re * re + im * im;
    });
    const total = expected.reduce((sum, p) => sum + p, 0);
    const { chi2, freedom } = chiSquare(
      observed,
      expected.map((p) => (p / total) * shots),
    );
    expect(chi2).toBeLessThan(chiSquareBound(freedom));
  });

  test("are the same in any order and parts, and with plain kernels", () => {
    const groups = unitaryColumns(5, 7, 4).map((column) => ({
      column,
      chances: [
        [0.2, 0.1],
        [0.6, 0.1],
      ],
    }));
    const whole = draw(groups, 6, 600);
    const sampler = createShotSampler(groups, 6);
    const parts = [...sampler.draw(5n, 300, 600)];
    expect([...sampler.draw(5n, 0, 300), ...parts]).toEqual(whole.numbers);
    sampler.release();
    expect(draw(groups, 6, 600, "plain")).toEqual(whole);
  });

  test("count only photons in rows that are seen", () => {
    const [column] = unitaryColumns(1, 4, 6);
    const shots = 20_000;
    const { numbers } = draw([{ column: column!, chances: [[0], [1]] }], 2, shots);
    const seen = column!.subarray(0, 4).reduce((sum, x) => sum + x * x, 0);
    const lost = numbers.filter((number) => number === 0).length / shots;
    expect(Math.abs(lost - (1 - seen))).toBeLessThan(5 * Math.sqrt((seen * (1 - seen)) / shots));
  });
});

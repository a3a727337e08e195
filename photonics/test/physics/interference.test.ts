import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ComplexMatrix, parseAnnotatedState } from "../../src/model/index.ts";
import { amplitude, idealOutput, overlappingOutput } from "../../src/reference/output-probabilities.ts";
import { type Complex, conjugate, plus, times } from "../../src/reference/permanent.ts";
import { statesOf } from "../../src/reference/states.ts";
import { expectSame, experimentOf, interferometers, matrix, on, probabilities } from "./experiment.ts";

function adjoint({ rows, cols, data }: ComplexMatrix): ComplexMatrix {
  const result = { rows: cols, cols: rows, data: new Float64Array(data.length) };
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      result.data[2 * (col * rows + row)] = data[2 * (row * cols + col)]!;
      result.data[2 * (col * rows + row) + 1] = -data[2 * (row * cols + col) + 1]!;
    }
  }
  return result;
}

describe("indistinguishable photons", () => {
  test("leave with the probabilities that permanents give", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(5, 4), async ({ u, state }) => {
        expectSame(
          await probabilities(experimentOf(u.rows, [on(0, matrix(u))], state)),
          idealOutput(u, state),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("leave somewhere, for certain", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(7, 6), async ({ u, state }) => {
        const output = await probabilities(experimentOf(u.rows, [on(0, matrix(u))], state));
        const total = [...output.values()].reduce((sum, p) => sum + p, 0);
        expect(total).toBeCloseTo(1, 11);
      }),
      { numRuns: 30 },
    );
  });

  test("come back as they entered when the interferometer is undone", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(5, 4), async ({ u, state }) => {
        const there = on(0, matrix(u));
        const output = await probabilities(experimentOf(u.rows, [there, on(0, matrix(adjoint(u)))], state));
        expectSame(output, new Map([[state.join(), 1]]));
      }),
      { numRuns: 30 },
    );
  });

  test("follow the modes when these are renamed", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(5, 4), fc.nat(1e6), async ({ u, state }, seed) => {
        const permutation = state.map((_, mode) => (mode + seed) % state.length);
        const plain = await probabilities(experimentOf(u.rows, [on(0, matrix(u))], state));
        const renamed = await probabilities(
          experimentOf(u.rows, [on(0, matrix(u)), on(0, { kind: "permutation", permutation })], state),
        );
        const moved = new Map(
          [...plain].map(([key, p]) => {
            const counts = key.split(",");
            const target: string[] = [];
            for (const [mode, to] of permutation.entries()) target[to] = counts[mode]!;
            return [target.join(), p];
          }),
        );
        expectSame(renamed, moved);
      }),
      { numRuns: 30 },
    );
  });
});

describe("superpositions", () => {
  test("add the amplitudes of their terms", async () => {
    const weights = fc.array(
      fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true })),
      { minLength: 2, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(interferometers(4, 0), weights, fc.nat(3), async ({ u }, complex, photons) => {
        const inputs = statesOf(photons, u.rows);
        const terms = complex.map((weight, i) => ({ weight, state: inputs[(7 * i) % inputs.length]! }));
        const vector = terms.map(({ weight: [re, im], state }) => ({
          re,
          im,
          state: state.map((count) => new Array(count).fill({})),
        }));
        const output = new Map<string, number>();
        for (const leaving of inputs) {
          const [re, im] = terms.reduce<Complex>(
            (sum, { weight, state }) => plus(sum, times(weight, amplitude(u, state, leaving))),
            [0, 0],
          );
          output.set(leaving.join(), re ** 2 + im ** 2);
        }
        const norm = [...output.values()].reduce((sum, p) => sum + p, 0);
        fc.pre(norm > 1e-3);
        for (const [key, p] of output) output.set(key, p / norm);
        const experiment = experimentOf(u.rows, [on(0, matrix(u))], [], {
          input: { kind: "mixture", mixture: [{ probability: 1, vector }] },
        });
        expectSame(await probabilities(experiment), output, 1e-9);
      }),
      { numRuns: 40 },
    );
  });
});

describe("partially distinguishable photons", () => {
  test("interfere as much as their polarizations overlap", async () => {
    const angles = fc.array(
      fc.record({
        theta: fc.double({ min: 0, max: Math.PI, noNaN: true }),
        phi: fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
      }),
      { minLength: 3, maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(interferometers(4, 0), angles, async ({ u }, polarizations) => {
        const photons = polarizations.slice(0, u.rows);
        const jones = photons.map(({ theta, phi }): [Complex, Complex] => [
          [Math.cos(theta / 2), 0],
          [Math.sin(theta / 2) * Math.cos(phi), Math.sin(theta / 2) * Math.sin(phi)],
        ]);
        const overlap = (a: number, b: number) =>
          plus(times(conjugate(jones[a]![0]), jones[b]![0]), times(conjugate(jones[a]![1]), jones[b]![1]));
        const wanted = overlappingOutput(
          u,
          photons.map((_, mode) => mode),
          overlap,
        );
        const state = Array.from({ length: u.rows }, (_, mode) =>
          photons[mode] === undefined ? [] : [{ polarization: photons[mode] }],
        );
        const experiment = experimentOf(u.rows, [on(0, matrix(u))], [], {
          input: { kind: "annotated", state },
        });
        expectSame(await probabilities(experiment), wanted);
      }),
      { numRuns: 40 },
    );
  });

  test.each(["|{0},{0},{1}>", "|{0},{1},{2}>", "|{1},{1},{1}>", "|{2},{0},{2}>"])(
    "%s: photons of equal tags interfere, others do not",
    async (text) => {
      const state = parseAnnotatedState(text);
      const tags = state.map(([photon]) => photon?.tag ?? "0");
      await fc.assert(
        fc.asyncProperty(interferometers(4, 0), async ({ u }) => {
          fc.pre(u.rows >= 3);
          const wanted = overlappingOutput(u, [0, 1, 2], (a, b) => [tags[a] === tags[b] ? 1 : 0, 0]);
          const padded = [...state, ...Array.from({ length: u.rows - 3 }, () => [])];
          const input = { kind: "annotated", state: padded } as const;
          expectSame(await probabilities(experimentOf(u.rows, [on(0, matrix(u))], [], { input })), wanted);
        }),
        { numRuns: 8 },
      );
    },
  );
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { experimentOf, interferometers, jobOf, matrix, on, runOf } from "../../test/physics/experiment.ts";
import { type Detector, noNoise, thresholdDetector } from "../model/index.ts";
import { chiSquareTest } from "../reference/chi-square.ts";
import { detected } from "../reference/detectors.ts";
import { noisySourceOutput } from "../reference/noisy-source.ts";
import { idealOutput } from "../reference/output-probabilities.ts";
import { randomUnitary } from "../reference/random-unitary.ts";
import { drawInterference, roomFor } from "./clifford.ts";
import { createEventSampler } from "./event-sampler.ts";
import { simulate } from "./index.ts";
import { fitsStrongly, noisyInput } from "./noisy-input.ts";
import { buildOptics } from "./optics.ts";
import { place } from "./placement.ts";
import { createRandom } from "./random.ts";

const setting = { assignment: new Map(), phaseOf: () => 0 };
const draws = 20_000;

function tally(draw: () => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const key = draw();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

describe("events drawn photon by photon", () => {
  test("follow the permanents", () => {
    fc.assert(
      fc.property(interferometers(4, 5), fc.nat(1e6), ({ u, state }, seed) => {
        const columns = state.flatMap((photons, mode) =>
          Array.from({ length: photons }, () =>
            Float64Array.from(
              Array.from({ length: u.rows }, (_, row) => [
                u.data[2 * (row * u.cols + mode)]!,
                u.data[2 * (row * u.cols + mode) + 1]!,
              ]).flat(),
            ),
          ),
        );
        const random = createRandom(seed);
        const room = roomFor(columns.length);
        const counts = tally(() => {
          const rows = drawInterference(columns, u.rows, random, room);
          return state.map((_, row) => rows.filter((drawn) => drawn === row).length).join();
        });
        expect(chiSquareTest(counts, idealOutput(u, state))).toBeGreaterThan(1e-5);
      }),
      { numRuns: 12, seed: 1 },
    );
  });

  test("follow the source's noise and the detectors", () => {
    const noise = { ...noNoise, brightness: 0.9, indistinguishability: 0.6, g2: 0.2, transmittance: 0.7 };
    const ppnr: Detector = { kind: "wires", name: "", wires: 2, maxDetections: 2, efficiency: 0.8 };
    fc.assert(
      fc.property(
        interferometers(3, 2),
        fc.nat(1e6),
        fc.boolean(),
        ({ u, state }, seed, g2Distinguishable) => {
          const noisy = { ...noise, g2Distinguishable };
          const optics = buildOptics(place([on(0, matrix(u))], [...state.keys()]), u.rows, false, setting);
          const detectors = [ppnr, thresholdDetector].slice(0, u.rows);
          const draw = createEventSampler(
            optics,
            noisyInput(optics, state, noisy),
            detectors,
            createRandom(seed),
          );
          const event = new Uint16Array(u.rows);
          const counts = tally(() => {
            draw(event);
            return event.join();
          });
          const wanted = detected(noisySourceOutput(u, state, noisy), new Map(detectors.entries()));
          expect(chiSquareTest(counts, wanted)).toBeGreaterThan(1e-5);
        },
      ),
      { numRuns: 12, seed: 2 },
    );
  });
});

describe("samples of more states than fit", () => {
  const modes = 40;
  const state = Array.from({ length: modes }, (_, mode) => (mode < 8 ? 1 : 0));
  const u = randomUnitary(modes, createRandom(9));
  const noise = { ...noNoise, transmittance: 0.5, indistinguishability: 0.9 };
  const experiment = experimentOf(modes, [on(0, matrix(u))], state, { noise, minDetectedPhotons: 4 });

  test("are drawn event by event, with the performances that these show", async () => {
    const run = await runOf(experiment, { command: "sample_count", maxSamples: 2_000 });
    const { table } = run.results;
    expect(table.values.reduce((sum, count) => sum + count, 0)).toBe(2_000);
    for (let row = 0; row < table.values.length; row++) {
      const photons = table.counts.subarray(row * modes, (row + 1) * modes).reduce((sum, n) => sum + n, 0);
      expect(photons).toBeGreaterThanOrEqual(4);
    }
    // At least 4 of 8 photons, each with one half: 163/256.
    expect(run.physicalPerf! * run.logicalPerf!).toBeCloseTo(run.globalPerf, 12);
    expect(Math.abs(run.globalPerf - 163 / 256)).toBeLessThan(0.05);
  });

  test("are the same with the same seed, and stop at the shots", async () => {
    const job = jobOf(experiment, { command: "samples", maxShots: 300, maxSamples: 1_000 });
    const [first, again] = [await simulate(job, { seed: 3 }), await simulate(job, { seed: 3 })];
    expect(again).toEqual(first);
    const { results } = first.runs[0]!;
    expect(results.kind === "samples" && results.order.length).toBeLessThan(300);
  });

  test("are only drawn so where all probabilities do not fit", () => {
    const opticsOf = (size: number) => buildOptics([], size, false, setting);
    expect(fitsStrongly(noisyInput(opticsOf(12), state.slice(0, 12), noNoise))).toBe(true);
    expect(fitsStrongly(noisyInput(opticsOf(modes), state, noNoise))).toBe(false);
  });
});

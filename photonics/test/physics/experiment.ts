import fc from "fast-check";
import { expect } from "vitest";
import {
  type ComplexMatrix,
  type Component,
  type Experiment,
  type FockState,
  type NoiseModel,
  noNoise,
  type PhotonicJob,
  type Placed,
  type RunResult,
} from "../../src/model/index.ts";
import { randomUnitary } from "../../src/reference/random-unitary.ts";
import { simulate } from "../../src/simulation/index.ts";
import { createRandom } from "../../src/simulation/random.ts";
import { statesOf } from "../vectors/check-vector.ts";

/** A component on modes from one on. */
export function on(mode: number, component: Component): Placed {
  return { mode, component };
}

export function matrix(u: ComplexMatrix, polarized = false): Component {
  return { kind: "unitary", name: "", polarized, matrix: u };
}

export function value(number: number) {
  return { kind: "value", value: number } as const;
}

/** The balanced beam splitter of the H convention, and any other of it. */
export function splitter(theta = Math.PI / 2): Component {
  const [phiTopLeft, phiBottomLeft, phiTopRight, phiBottomRight] = [value(0), value(0), value(0), value(0)];
  return {
    kind: "beam-splitter",
    convention: "H",
    theta: value(theta),
    phiTopLeft,
    phiBottomLeft,
    phiTopRight,
    phiBottomRight,
  };
}

export function experimentOf(
  modes: number,
  components: readonly Placed[],
  state: FockState,
  more: Partial<Experiment> = {},
): Experiment {
  return {
    kind: "experiment",
    name: "test",
    modes,
    components,
    input: { kind: "fock", state },
    inputPorts: new Map(),
    outputPorts: new Map(),
    detectors: new Map(),
    noise: noNoise,
    minDetectedPhotons: 0,
    ...more,
  };
}

export function jobOf(experiment: Experiment, more: Partial<PhotonicJob> = {}): PhotonicJob {
  return {
    command: "probs",
    experiment,
    thresholded: false,
    minClickedModes: 0,
    iterations: [],
    ...more,
  };
}

export async function runOf(experiment: Experiment, more: Partial<PhotonicJob> = {}): Promise<RunResult> {
  const { runs } = await simulate(jobOf(experiment, more), { seed: 1 });
  return runs[0]!;
}

/** Probabilities by state, such as "1,0,2". */
export async function probabilities(
  experiment: Experiment,
  more: Partial<PhotonicJob> = {},
): Promise<Map<string, number>> {
  const run = await runOf(experiment, more);
  return new Map([...statesOf(run)].map(([state, p]) => [state.slice(1, -1), p]));
}

/** Fails unless all probabilities agree to so many parts of one. */
export function expectSame(
  got: ReadonlyMap<string, number>,
  wanted: ReadonlyMap<string, number>,
  tolerance = 1e-11,
): void {
  for (const state of new Set([...got.keys(), ...wanted.keys()])) {
    const difference = Math.abs((got.get(state) ?? 0) - (wanted.get(state) ?? 0));
    expect(difference, `|${state}>: ${got.get(state)} instead of ${wanted.get(state)}`).toBeLessThan(
      tolerance,
    );
  }
}

/** A Haar unitary and a state of so many photons at most in its modes. */
export function interferometers(modesMax: number, photonsMax: number) {
  return fc.integer({ min: 1, max: modesMax }).chain((modes) =>
    fc.record({
      u: fc.nat(1e6).map((seed) => randomUnitary(modes, createRandom(seed))),
      state: fc
        .array(fc.nat(modes - 1), { maxLength: photonsMax })
        .map((photons) =>
          Array.from({ length: modes }, (_, mode) => photons.filter((at) => at === mode).length),
        ),
    }),
  );
}

const share = fc.double({ min: 0, max: 1, noNaN: true });

export const noises: fc.Arbitrary<NoiseModel> = fc.record({
  brightness: share,
  indistinguishability: share,
  g2: fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
  g2Distinguishable: fc.boolean(),
  transmittance: share,
  phaseImprecision: fc.constant(0),
  phaseError: fc.constant(0),
});

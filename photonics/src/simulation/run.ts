import {
  type Assignment,
  type Experiment,
  heraldsOf,
  type Input,
  Malformed,
  type NoiseModel,
  type PhotonicJob,
  photonsIn,
  type RunResult,
} from "../model/index.ts";
import { acquire, shotsOf, toResults } from "./acquisition.ts";
import type { Setting } from "./component-unitary.ts";
import { detectAll, threshold } from "./detection.ts";
import { type Distribution, toTable } from "./distribution.ts";
import { isFeedForward, withFeedForward } from "./feed-forward.ts";
import { buildOptics, flatten } from "./optics.ts";
import { outputDistribution } from "./output.ts";
import type { Random } from "./random.ts";
import { type Selection, select } from "./selection.ts";
import { SimulationError } from "./simulation-error.ts";
import { countStates } from "./slos.ts";
import type { Watch } from "./watch.ts";

/** One run of a job, with all that an iteration may change of it. */
export interface Run {
  readonly job: PhotonicJob;
  readonly experiment: Experiment;
  readonly assignment: Assignment;
  readonly maxShots: number | undefined;
  readonly maxSamples: number | undefined;
}

/** More output states than this are refused: their maps would not fit beside those of other jobs. */
const statesMax = 8_000_000;

/** Computes one run. @throws {SimulationError} in a physicist's words */
export function runOnce(run: Run, random: Random, watch: Watch): RunResult {
  const { job, experiment } = run;
  const input = completeInput(experiment);
  const detected = detectedDistribution(run, input, random, watch);
  const selection = selectionOf(run);
  const { distribution, physicalPerf, logicalPerf, globalPerf } = select(detected, selection);
  const modes = experiment.modes - selection.heralds.size;
  const performances = experiment.components.some(({ component }) => isFeedForward(component))
    ? { globalPerf }
    : { physicalPerf, logicalPerf, globalPerf };
  if (job.command === "probs") {
    return { results: { kind: "distribution", table: toTable(distribution, modes) }, ...performances };
  }
  const ordered = job.command === "samples";
  const bounds = boundsOf(run);
  const draw = distribution.size === 0 ? undefined : shotsOf(detected, random);
  const acquired =
    draw === undefined
      ? { samples: [], counts: new Map() }
      : acquire(draw, selection, bounds, watch, ordered);
  return { results: toResults(acquired, modes, ordered), ...performances };
}

function boundsOf({ job, maxShots, maxSamples }: Run) {
  if (maxShots === undefined && maxSamples === undefined) {
    throw new SimulationError(
      "unbounded",
      `${job.command} has neither max_shots nor max_samples: give at least one of them.`,
    );
  }
  return {
    maxShots: maxShots ?? Number.POSITIVE_INFINITY,
    maxSamples: maxSamples ?? Number.POSITIVE_INFINITY,
  };
}

function selectionOf({ job, experiment }: Run): Selection {
  const heralds = heraldsOf(experiment.outputPorts);
  let photonsMin = experiment.minDetectedPhotons;
  for (const photons of heralds.values()) photonsMin += photons;
  return {
    heralds,
    ...(experiment.postSelection === undefined ? {} : { postSelection: experiment.postSelection }),
    photonsMin,
    clickedModesMin: job.minClickedModes,
  };
}

function detectedDistribution(
  { job, experiment, assignment }: Run,
  input: Input,
  random: Random,
  watch: Watch,
): Distribution {
  const { modes, noise, detectors } = experiment;
  const setting: Setting = { assignment, phaseOf: phaseNoise(noise, random) };
  const polarizedInput = hasPolarization(input);
  try {
    return withFeedForward(flatten(experiment.components), (components) => {
      const optics = buildOptics(components, modes, polarizedInput, setting);
      requireFitting(photonsOfInput(input, noise) * optics.periods, optics.matrix.rows);
      const output = outputDistribution(optics, input, noise, watch);
      const seen = detectAll(output, detectors);
      return job.thresholded ? threshold(seen) : seen;
    });
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new SimulationError(cause.code, `Cannot set up the circuit: ${cause.message}.`, { cause });
  }
}

/** Rounds phases to the multiples that a shifter can set, and errs within its bounds. */
function phaseNoise(noise: NoiseModel, random: Random): Setting["phaseOf"] {
  return (phase, maxError) => {
    const step = noise.phaseImprecision;
    const set = step === 0 ? phase : step * Math.round(phase / step);
    const error = maxError === 0 ? noise.phaseError : maxError;
    return error === 0 ? set : set + error * (2 * random.next() - 1);
  };
}

function requireFitting(photons: number, modes: number): void {
  const states = countStates(photons, modes);
  if (states > statesMax) {
    throw new SimulationError(
      "too_many_states",
      `${photons} photons in ${modes} modes have ${states.toExponential(2)} output states, more than the ${statesMax} that fit: use fewer photons or modes.`,
    );
  }
}

/** The largest number of interfering photons that may enter. */
function photonsOfInput(input: Input, noise: NoiseModel): number {
  if (input.kind === "fock")
    return photonsIn(input.state) * (noise.g2 > 0 && !noise.g2Distinguishable ? 2 : 1);
  if (input.kind === "annotated") return input.state.flat().length;
  return Math.max(...input.mixture.flatMap(({ vector }) => vector.map(({ state }) => state.flat().length)));
}

function hasPolarization(input: Input): boolean {
  if (input.kind === "fock") return false;
  const states =
    input.kind === "annotated"
      ? [input.state]
      : input.mixture.flatMap(({ vector }) => vector.map(({ state }) => state));
  return states.some((state) => state.flat().some(({ polarization }) => polarization !== undefined));
}

/** The input with its heralded photons put in where they were left out. @throws {SimulationError} when sizes differ */
function completeInput(experiment: Experiment): Input {
  const { input, modes, name } = experiment;
  if (input === undefined) {
    throw new SimulationError("no_input", `The experiment "${name}" has no input state: give it one.`);
  }
  const size = modesOfInput(input);
  if (size === modes) return input;
  const heralds = heraldsOf(experiment.inputPorts);
  if (size !== modes - heralds.size) {
    throw new SimulationError(
      "input_modes",
      `The input state has ${size} modes and the circuit ${modes}: they must be as many.`,
    );
  }
  const spread = <T>(state: readonly T[], herald: (photons: number) => T): T[] => {
    const rest = state.values();
    return Array.from({ length: modes }, (_, mode) => {
      const photons = heralds.get(mode);
      return photons === undefined ? (rest.next().value as T) : herald(photons);
    });
  };
  const photonsAlike = (photons: number) => new Array(photons).fill({});
  if (input.kind === "fock") return { kind: "fock", state: spread(input.state, (photons) => photons) };
  if (input.kind === "annotated") return { kind: "annotated", state: spread(input.state, photonsAlike) };
  return {
    kind: "mixture",
    mixture: input.mixture.map(({ probability, vector }) => ({
      probability,
      vector: vector.map((term) => ({ ...term, state: spread(term.state, photonsAlike) })),
    })),
  };
}

function modesOfInput(input: Input): number {
  return input.kind === "mixture" ? input.mixture[0]!.vector[0]!.state.length : input.state.length;
}

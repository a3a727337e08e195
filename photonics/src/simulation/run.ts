import {
  type Assignment,
  type Experiment,
  heraldsOf,
  largestCount,
  Malformed,
  type PhotonicJob,
  type RunResult,
  thresholdDetector,
} from "../model/index.ts";
import { acquire, type Bounds, toResults, withoutDark } from "./acquisition.ts";
import type { Setting } from "./component-unitary.ts";
import { detectAll, threshold } from "./detection.ts";
import type { Distribution } from "./distribution.ts";
import { type Branch, withFeedForward } from "./feed-forward.ts";
import { isFeedForward } from "./feed-forward-choices.ts";
import { completeInput, isPolarized, withModes } from "./input.ts";
import { buildOptics } from "./optics.ts";
import { outputDistribution } from "./output.ts";
import { phaseNoise } from "./phase-noise.ts";
import { place } from "./placement.ts";
import type { Random } from "./random.ts";
import { type Selected, type Selection, select } from "./selection.ts";
import { SimulationError } from "./simulation-error.ts";
import { partOf, type Watch } from "./watch.ts";

/** One run of a job, with all that an iteration may change of it. */
export interface Run {
  readonly job: PhotonicJob;
  readonly experiment: Experiment;
  readonly assignment: Assignment;
  readonly maxShots: number | undefined;
  readonly maxSamples: number | undefined;
}

/** Computes one run. @throws {SimulationError} in a physicist's words */
export function runOnce(run: Run, random: Random, watch: Watch): RunResult {
  const { job, experiment } = run;
  const bounds = job.command === "probs" ? undefined : boundsOf(run);
  const selection = selectionOf(run);
  const selected = canBeHeralded(run, selection)
    ? select(
        detectedDistribution(run, random, partOf(watch, 0, bounds === undefined ? 1 : 0.5)),
        selection,
        watch,
      )
    : neverHeralded(experiment.modes - selection.heralds.size);
  const { physicalPerf, logicalPerf, globalPerf } = selected;
  const performances = experiment.components.some(({ component }) => isFeedForward(component))
    ? { globalPerf }
    : { physicalPerf, logicalPerf, globalPerf };
  if (bounds === undefined) {
    return { results: { kind: "distribution", table: selected.kept }, ...performances };
  }
  const results = sampled(selected, selection, bounds, run, random, partOf(watch, 0.5, 1));
  return { results, ...performances };
}

function sampled(
  { kept, shotProbability, globalPerf }: Selected,
  { heralds }: Selection,
  bounds: Bounds,
  { job }: Run,
  random: Random,
  watch: Watch,
): RunResult["results"] {
  const heraldedPhotons = [...heralds.values()].reduce((sum, photons) => sum + photons, 0);
  const shots = withoutDark(kept, heraldedPhotons);
  const share = shots.values.reduce((sum, p) => sum + p, 0);
  const source = {
    kept: shots,
    keptPerShot: shotProbability === 0 ? 0 : (share * globalPerf) / shotProbability,
  };
  const ordered = job.command === "samples";
  return toResults(shots, acquire(source, bounds, random, watch, ordered), ordered);
}

function boundsOf({ job, maxShots, maxSamples }: Run): Bounds {
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

/** Whether the detectors can tell what the heralds ask for. */
function canBeHeralded({ job, experiment }: Run, { heralds }: Selection): boolean {
  return [...heralds].every(([mode, photons]) => {
    const detector = job.thresholded ? thresholdDetector : experiment.detectors.get(mode);
    return detector === undefined || largestCount(detector) >= photons;
  });
}

/** Clients give a physical performance of one where a detector can never tell the heralded count. */
function neverHeralded(modes: number): Selected {
  const kept = { modes, counts: new Uint16Array(0), values: new Float64Array(0) };
  return { kept, shotProbability: 0, physicalPerf: 1, logicalPerf: 0, globalPerf: 0 };
}

function detectedDistribution(
  { job, experiment, assignment }: Run,
  random: Random,
  watch: Watch,
): Distribution {
  const { modes, noise, components } = experiment;
  const input = completeInput(experiment);
  const setting: Setting = { assignment, phaseOf: phaseNoise(noise, assignment, random) };
  const runBranch = ({ placements, ownModes }: Branch, part: Watch): Distribution => {
    const optics = buildOptics(placements, modes + ownModes.length, isPolarized(input), setting);
    const photons = ownModes.map((own) => own.photons);
    const output = outputDistribution(optics, withModes(input, photons), noise, part);
    const detectors = new Map(experiment.detectors);
    for (const [i, { detector }] of ownModes.entries()) {
      if (detector !== undefined) detectors.set(modes + i, detector);
    }
    const detected = detectAll(output, detectors, part);
    return job.thresholded ? threshold(detected, part) : detected;
  };
  const placements = place(
    components,
    Array.from({ length: modes }, (_, mode) => mode),
  );
  try {
    return withFeedForward({ placements, ownModes: [] }, modes, runBranch, watch);
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    throw new SimulationError("parameter_without_value", `Cannot set up the circuit: ${cause.message}.`, {
      cause,
    });
  }
}

import { isFeedForward, type RunResult } from "../model/index.ts";
import { acquire, type Bounds, toResults, withoutDark } from "./acquisition.ts";
import { detectedDistribution } from "./detected-distribution.ts";
import { eventByEvent } from "./event-by-event.ts";
import { photonsOf } from "./input.ts";
import type { Random } from "./random.ts";
import { needingMemory } from "./required-states.ts";
import { restrictedOutput } from "./restricted-output.ts";
import { restrictionOf } from "./restriction.ts";
import { canBeHeralded, selectionOf } from "./run-selection.ts";
import { type Selected, type Selection, select } from "./selection.ts";
import { type Run, setUp } from "./setup.ts";
import { SimulationError } from "./simulation-error.ts";
import { partOf, type Watch } from "./watch.ts";

/**
 * Computes one run: by the probabilities of all states that matter, or, for samples of more states than fit, event by
 * event.
 * @throws {SimulationError} in a physicist's words
 */
export function runOnce(run: Run, random: Random, watch: Watch): RunResult {
  const selection = selectionOf(run);
  const bounds = run.job.command === "probs" ? undefined : boundsOf(run);
  const setup = setUp(run, random);
  if (!canBeHeralded(run, selection)) return neverHeralded(run, selection);
  const restriction = restrictionOf(run, setup, selection);
  if (bounds !== undefined && restriction === undefined) {
    const result = eventByEvent(run, setup, selection, bounds, random, watch);
    if (result !== undefined) return result;
  }
  const strong = partOf(watch, 0, bounds === undefined ? 1 : 0.5);
  const selected = needingMemory(photonsOf(setup.input), run.experiment.modes, () =>
    restriction === undefined
      ? select(detectedDistribution(run, setup, strong), selection, strong)
      : restrictedOutput(restriction, selection, strong),
  );
  const { physicalPerf, logicalPerf, globalPerf } = selected;
  const performances = run.experiment.components.some(({ component }) => isFeedForward(component))
    ? { globalPerf }
    : { physicalPerf, logicalPerf, globalPerf };
  const results: RunResult["results"] =
    bounds === undefined
      ? { kind: "distribution", table: selected.kept }
      : sampled(selected, selection, bounds, run, random, partOf(watch, 0.5, 1));
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

/** Clients give a physical performance of one where a detector can never tell the heralded count. */
function neverHeralded({ job, experiment }: Run, { heralds }: Selection): RunResult {
  const table = {
    modes: experiment.modes - heralds.size,
    counts: new Uint16Array(0),
    values: new Float64Array(0),
  };
  const results: RunResult["results"] =
    job.command === "samples"
      ? { kind: "samples", table, order: new Uint32Array(0) }
      : { kind: job.command === "probs" ? "distribution" : "counts", table };
  return { results, physicalPerf: 1, logicalPerf: 0, globalPerf: 0 };
}

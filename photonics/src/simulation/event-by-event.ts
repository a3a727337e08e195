import { drawsAreFaster } from "../cost/index.ts";
import { isFeedForward, type RunResult, thresholdDetector } from "../model/index.ts";
import { type Bounds, toResults } from "./acquisition.ts";
import { acquireEvents } from "./event-acquisition.ts";
import { createEventSampler } from "./event-sampler.ts";
import { drawsForced } from "./kernel-path.ts";
import { fitsStrongly, type NoisyInput, noisyInput } from "./noisy-input.ts";
import type { Random } from "./random.ts";
import type { Selection } from "./selection.ts";
import type { Run, Setup } from "./setup.ts";
import { countStates } from "./state-order.ts";
import type { Watch } from "./watch.ts";

/**
 * Samples of a run whose probabilities are too many to compute: events are drawn one by one, and performances are
 * those that they show. Undefined where all probabilities fit and take no longer, and where events cannot be drawn so: with feed-forward,
 * or from another input than a Fock state.
 */
export function eventByEvent(
  { job, experiment }: Run,
  { input, placements, opticsOf }: Setup,
  selection: Selection,
  bounds: Bounds,
  random: Random,
  watch: Watch,
): RunResult | undefined {
  if (input.kind !== "fock" || placements.some(({ component }) => isFeedForward(component))) return undefined;
  const { modes, noise, detectors } = experiment;
  const optics = opticsOf(placements, modes);
  const entering = noisyInput(optics, input.state, noise);
  const isDrawn = drawsForced() ?? isWorthDrawing(entering, modes, selection, bounds);
  if (fitsStrongly(entering) && !isDrawn) return undefined;
  const perMode = Array.from({ length: modes }, (_, mode) =>
    job.thresholded ? thresholdDetector : detectors.get(mode),
  );
  const draw = createEventSampler(optics, entering, perMode, random);
  const { kept, acquired, ...performances } = acquireEvents(draw, modes, selection, bounds, watch);
  return { results: toResults(kept, acquired, job.command === "samples"), ...performances };
}

/** Whether the events that are wanted, as far as that is known, take much less time than all probabilities. */
function isWorthDrawing(
  { groups, most, outputModes }: NoisyInput,
  modes: number,
  selection: Selection,
  bounds: Bounds,
): boolean {
  const keepsAll =
    selection.heralds.size === 0 && selection.postSelection === undefined && selection.photonsMin <= 1;
  const shots = Math.min(bounds.maxShots, keepsAll ? bounds.maxSamples : Number.POSITIVE_INFINITY);
  let [dark, subsets, interfering] = [1, 1, 0];
  for (const { chances } of groups) {
    dark *= chances[0]?.[0] ?? 0;
    const sums = chances.map((row) => row.reduce((sum, chance) => sum + chance, 0));
    subsets *= sums.reduce((mean, chance, k) => mean + chance * 2 ** k, 0);
    interfering += sums.reduce((mean, chance, k) => mean + chance * k, 0);
  }
  const events = shots / Math.max(1e-12, 1 - dark);
  return drawsAreFaster({
    states: countStates(most.all, outputModes),
    isNoisy: outputModes > modes,
    sources: groups.length,
    modes,
    shots,
    events,
    subsets: interfering * subsets,
  });
}

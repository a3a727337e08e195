import { isFeedForward, type RunResult, thresholdDetector } from "../model/index.ts";
import { type Bounds, toResults } from "./acquisition.ts";
import { acquireEvents } from "./event-acquisition.ts";
import { createEventSampler } from "./event-sampler.ts";
import { fitsStrongly, noisyInput } from "./noisy-input.ts";
import type { Random } from "./random.ts";
import type { Selection } from "./selection.ts";
import type { Run, Setup } from "./setup.ts";
import type { Watch } from "./watch.ts";

/**
 * Samples of a run whose probabilities are too many to compute: events are drawn one by one, and performances are
 * those that they show. Undefined where all probabilities fit, and where events cannot be drawn so: with feed-forward,
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
  if (fitsStrongly(entering)) return undefined;
  const perMode = Array.from({ length: modes }, (_, mode) =>
    job.thresholded ? thresholdDetector : detectors.get(mode),
  );
  const draw = createEventSampler(optics, entering, perMode, random);
  const { kept, acquired, ...performances } = acquireEvents(draw, modes, selection, bounds, watch);
  return { results: toResults(kept, acquired, job.command === "samples"), ...performances };
}

import { detectAll, threshold } from "./detection.ts";
import type { Distribution } from "./distribution.ts";
import { withFeedForward } from "./feed-forward.ts";
import type { Branch } from "./feed-forward-branch.ts";
import { withModes } from "./input.ts";
import { outputDistribution } from "./output.ts";
import type { Run, Setup } from "./setup.ts";
import type { Watch } from "./watch.ts";

/** What the detectors of a run tell, with all probabilities. */
export function detectedDistribution(
  { job, experiment }: Run,
  { input, placements, opticsOf }: Setup,
  watch: Watch,
): Distribution {
  const { modes, noise } = experiment;
  const runBranch = (branch: Branch, part: Watch): Distribution => {
    const own = branch.ownModes;
    const entering = withModes(
      input,
      own.map(({ photons }) => photons),
    );
    const optics = opticsOf(branch.placements, modes + own.length);
    const detectors = new Map(experiment.detectors);
    for (const [i, { detector }] of own.entries())
      if (detector !== undefined) detectors.set(modes + i, detector);
    const detected = detectAll(outputDistribution(optics, entering, noise, part), detectors, part);
    return job.thresholded ? threshold(detected, part) : detected;
  };
  return withFeedForward({ placements, ownModes: [] }, modes, runBranch, watch);
}

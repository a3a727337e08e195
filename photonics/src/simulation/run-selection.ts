import { heraldsOf, largestCount, thresholdDetector } from "../model/index.ts";
import type { Selection } from "./selection.ts";
import type { Run } from "./setup.ts";

/** Which events of a run are kept. */
export function selectionOf({ job, experiment }: Run): Selection {
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
export function canBeHeralded({ job, experiment }: Run, { heralds }: Selection): boolean {
  return [...heralds].every(([mode, photons]) => {
    const detector = job.thresholded ? thresholdDetector : experiment.detectors.get(mode);
    return detector === undefined || largestCount(detector) >= photons;
  });
}

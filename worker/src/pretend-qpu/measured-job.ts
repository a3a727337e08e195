import { type PhotonicJob, thresholdDetector } from "@corbenic/photonics/model";
import type { Calibration } from "./calibration.ts";

/** The job as the machine measures it: with the machine's own source and detectors, whatever the client wished for. */
export function asMeasured(job: PhotonicJob, calibration: Calibration): PhotonicJob {
  const { experiment, iterations } = job;
  const detectors = new Map(
    Array.from({ length: experiment.modes }, (_, mode) => [mode, thresholdDetector] as const),
  );
  const noise = { ...experiment.noise, ...calibration, brightness: 1, g2Distinguishable: true };
  return {
    ...job,
    thresholded: true,
    experiment: { ...experiment, detectors, noise },
    iterations: iterations.map(({ noise: _, ...iteration }) => iteration),
  };
}

import type { Iteration, PhotonicJob } from "../model/index.ts";
import { type EncodeOptions, encodeExperiment, encodeInput, encodeNoise } from "./encode-value.ts";
import type { JsonObject } from "./json-kind.ts";

/** Writes a job as the payload that clients of 1.1 post; `decodePayload` reads the same job from it. */
export function encodePayload(job: PhotonicJob, options: EncodeOptions = {}): JsonObject {
  const { command, experiment, thresholded, minClickedModes, maxSamples, maxShots, iterations, seed } = job;
  const parameters = {
    ...(thresholded ? { thresholded } : {}),
    ...(minClickedModes === 0 ? {} : { mode_post_select: minClickedModes }),
  };
  return {
    command,
    experiment: encodeExperiment(experiment, options),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(maxSamples === undefined ? {} : { max_samples: maxSamples }),
    ...(maxShots === undefined ? {} : { max_shots: maxShots }),
    ...(seed === undefined ? {} : { seed }),
    ...(iterations.length === 0 ? {} : { iterator: iterations.map(encodeIteration) }),
    job_context: job.jobContext ?? null,
  };
}

/**
 * Writes a step of an iterator: what a client sent, with what it lacks of the model. A filter is the model's, since
 * clients before 1.0 count heralded photons in it.
 */
export function encodeIteration(iteration: Iteration): JsonObject {
  const { circuitParameters, input, noise, minDetectedPhotons, maxSamples, maxShots, sent } = iteration;
  return {
    ...(circuitParameters.size === 0 ? {} : { circuit_params: Object.fromEntries(circuitParameters) }),
    ...(input === undefined ? {} : { input_state: encodeInput(input) }),
    ...(noise === undefined ? {} : { noise: encodeNoise(noise) }),
    ...(maxSamples === undefined ? {} : { max_samples: maxSamples }),
    ...(maxShots === undefined ? {} : { max_shots: maxShots }),
    ...sent,
    ...(minDetectedPhotons === undefined ? {} : { min_detected_photons: minDetectedPhotons }),
  };
}

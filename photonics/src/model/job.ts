import type { Experiment } from "./experiment.ts";
import type { NoiseModel } from "./noise.ts";
import type { Assignment } from "./parameter.ts";
import type { Input } from "./state.ts";

export const commands = ["probs", "sample_count", "samples"] as const;
export type Command = (typeof commands)[number];

/** What one step of an iterator changes of the job. */
export interface Iteration {
  readonly circuitParameters: Assignment;
  readonly input?: Input;
  readonly minDetectedPhotons?: number;
  readonly noise?: NoiseModel;
  readonly maxSamples?: number;
  readonly maxShots?: number;
  /** As the client sent it, to be given back with the step's result. */
  readonly sent: Readonly<Record<string, unknown>>;
}

/** A payload, whatever version of the client made it. */
export interface PhotonicJob {
  readonly command: Command;
  readonly experiment: Experiment;
  /** A mode with more than one photon counts as one, as with threshold detectors everywhere. */
  readonly thresholded: boolean;
  /** Fewest modes with a photon for an event to be kept, in payloads of 0.7; 0 for any. */
  readonly minClickedModes: number;
  /** Samples to keep at most; absent for no bound. */
  readonly maxSamples?: number;
  /** Shots to make at most; absent for no bound. */
  readonly maxShots?: number;
  /** Empty for a single run. */
  readonly iterations: readonly Iteration[];
  /** What randomness is drawn from; absent to have it drawn. */
  readonly seed?: number;
  /** As the client sent it; absent when it was null. */
  readonly jobContext?: unknown;
}

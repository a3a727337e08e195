/**
 * How probabilities are computed: by compiled kernels, by the same kernels in TypeScript, or layer by layer without
 * tables, which needs nothing to be set up.
 */
export type StrongPath = "wasm" | "plain" | "layers";

/** Seconds for one product of amplitudes, and before the first one. `npm run bench -- cost` says where they mislead. */
export interface PathSpeed {
  readonly secondsPerStep: number;
  readonly secondsToStart: number;
}

export const PATH_SPEEDS: Readonly<Record<StrongPath, PathSpeed>> = {
  wasm: { secondsPerStep: 0.8e-9, secondsToStart: 1.5e-4 },
  plain: { secondsPerStep: 4e-9, secondsToStart: 1.5e-4 },
  layers: { secondsPerStep: 3.5e-8, secondsToStart: 0 },
};

/** The path that takes least for so many products. */
export function fasterPath(steps: number, speeds = PATH_SPEEDS): StrongPath {
  const seconds = (path: StrongPath) => speeds[path].secondsToStart + steps * speeds[path].secondsPerStep;
  const paths = Object.keys(speeds) as StrongPath[];
  return paths.reduce((best, path) => (seconds(path) < seconds(best) ? path : best));
}

/** Seconds of one draw of an event, by kernels. */
export interface EventSpeed {
  /** For each photon and set of photons that interfere with it. */
  readonly secondsPerSubset: number;
  /** For each event, and for what is done with one in which photons are detected: in all and for each mode. */
  readonly secondsPerEvent: number;
  readonly secondsPerShot: number;
  readonly secondsPerMode: number;
  /** For each state of the output when all are computed instead; with noise also for each pair of sources. */
  readonly secondsPerIdealState: number;
  readonly secondsPerNoisyState: number;
}

export const EVENT_SPEED: EventSpeed = {
  secondsPerSubset: 0.6e-9,
  secondsPerEvent: 4e-7,
  secondsPerShot: 3e-7,
  secondsPerMode: 3e-8,
  secondsPerIdealState: 7.7e-8,
  secondsPerNoisyState: 3e-9,
};

/** What is to be sampled. */
export interface Sampling {
  /** Of the whole output. */
  readonly states: number;
  /** Whether photons may be lost, or told apart, or come in pairs. */
  readonly isNoisy: boolean;
  /** Modes that photons enter, and all modes. */
  readonly sources: number;
  readonly modes: number;
  /** Shots that are wanted, and the events that they take. */
  readonly shots: number;
  readonly events: number;
  /** The mean of n·2ⁿ for n photons that interfere. */
  readonly subsets: number;
}

/** Below this, all probabilities are computed however few events are wanted: performances are exact then. */
const secondsWorthSaving = 0.5;

/**
 * Whether to draw events one by one rather than to compute all probabilities first.
 */
export function drawsAreFaster(sampling: Sampling, speed = EVENT_SPEED): boolean {
  const { states, isNoisy, sources, modes, shots, events, subsets } = sampling;
  const all = states * (isNoisy ? sources ** 2 * speed.secondsPerNoisyState : speed.secondsPerIdealState);
  const drawn =
    events * (speed.secondsPerEvent + subsets * speed.secondsPerSubset) +
    shots * (speed.secondsPerShot + modes * speed.secondsPerMode);
  return all > secondsWorthSaving && drawn < all;
}

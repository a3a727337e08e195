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
  /** For what is done with each event afterwards. */
  readonly secondsPerEvent: number;
  /** For each state of the output when all are computed instead, by an ideal source or another. */
  readonly secondsPerIdealState: number;
  readonly secondsPerNoisyState: number;
}

export const EVENT_SPEED: EventSpeed = {
  secondsPerSubset: 0.7e-9,
  secondsPerEvent: 1e-6,
  secondsPerIdealState: 8e-8,
  secondsPerNoisyState: 2e-7,
};

/** What is to be sampled. */
export interface Sampling {
  /** Of the whole output. */
  readonly states: number;
  /** Whether photons may be lost, or told apart, or come in pairs. */
  readonly isNoisy: boolean;
  /** Events that are wanted. */
  readonly events: number;
  /** The mean of n·2ⁿ for n photons that interfere. */
  readonly subsets: number;
}

/** Below this, all probabilities are computed however few events are wanted: performances are exact then. */
const secondsWorthSaving = 0.5;

/**
 * Whether to draw events one by one rather than to compute all probabilities first.
 */
export function drawsAreFaster({ states, isNoisy, events, subsets }: Sampling, speed = EVENT_SPEED): boolean {
  const all = states * (isNoisy ? speed.secondsPerNoisyState : speed.secondsPerIdealState);
  const drawn = events * (speed.secondsPerEvent + subsets * speed.secondsPerSubset);
  return all > secondsWorthSaving && drawn < all;
}

/**
 * How probabilities are computed: by compiled kernels, by the same kernels in TypeScript, or layer by layer without
 * tables, which needs nothing to be set up.
 */
export type StrongPath = "wasm" | "plain" | "layers";

/** Seconds for one product of amplitudes, and before the first one. `npm run bench -- photonics` measures them. */
export interface PathSpeed {
  readonly secondsPerStep: number;
  readonly secondsToStart: number;
}

export const PATH_SPEEDS: Readonly<Record<StrongPath, PathSpeed>> = {
  wasm: { secondsPerStep: 0.8e-9, secondsToStart: 1.5e-4 },
  plain: { secondsPerStep: 4e-9, secondsToStart: 1.5e-4 },
  layers: { secondsPerStep: 1.5e-8, secondsToStart: 0 },
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
  /** For each state of a noisy output, when all are computed instead. */
  readonly secondsPerNoisyState: number;
}

export const EVENT_SPEED: EventSpeed = {
  secondsPerSubset: 0.7e-9,
  secondsPerEvent: 1e-6,
  secondsPerNoisyState: 3e-7,
};

/** Below this, all probabilities are computed however few events are wanted: performances are exact then. */
const secondsWorthSaving = 0.5;

/**
 * Whether to draw events one by one rather than to compute all probabilities first.
 * @param states of the output; @param events wanted; @param subsets the mean of n·2ⁿ for n photons that interfere
 */
export function drawsAreFaster(
  states: number,
  events: number,
  subsets: number,
  speed = EVENT_SPEED,
): boolean {
  const all = states * speed.secondsPerNoisyState;
  const drawn = events * (speed.secondsPerEvent + subsets * speed.secondsPerSubset);
  return all > secondsWorthSaving && 2 * drawn < all;
}

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

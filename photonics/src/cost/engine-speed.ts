/**
 * What the simulator takes, per elementary step, on the machine that runs it. The defaults are for one thread of
 * plain TypeScript on an x86-64 core of 2022; a worker announces its own.
 */
export interface EngineSpeed {
  /** Seconds per (photon, output state) of strong simulation: one complex multiply-add of a layer. */
  readonly secondsPerAmplitudeStep: number;
  /** Seconds per (photon, subset) of sampling by permanents. */
  readonly secondsPerSampleStep: number;
  /** Seconds per character of result text. */
  readonly secondsPerResultByte: number;
  /** Seconds before anything happens: decoding, the matrix of the circuit. */
  readonly secondsToStart: number;
  /** Arrays of amplitudes and probabilities alive at once. */
  readonly copies: number;
}

export const DEFAULT_SPEED: EngineSpeed = {
  secondsPerAmplitudeStep: 4e-9,
  secondsPerSampleStep: 3e-9,
  secondsPerResultByte: 3e-9,
  secondsToStart: 1e-3,
  copies: 3,
};

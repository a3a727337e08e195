/**
 * What a simulator takes, per elementary step, on the machine that runs it: all that estimates know of an engine, and
 * the one place to change when it becomes another. `npm run bench -- cost` compares it with what is measured.
 */
export interface EngineSpeed {
  /** Seconds per (photon, state) of strong simulation: one complex multiply-add of a layer. */
  readonly secondsPerAmplitudeStep: number;
  /** Seconds to gather, detect, select and list one state of strong simulation. */
  readonly secondsPerState: number;
  /** How many times as long that takes where detectors do not tell every count as it is. */
  readonly detectionFactor: number;
  /** Seconds to draw one event from a distribution that is known. */
  readonly secondsPerDraw: number;
  /** Seconds per (photon, subset) of sampling by permanents; infinite for an engine that has no such sampling. */
  readonly secondsPerSampleStep: number;
  /** Seconds per character of result text. */
  readonly secondsPerResultByte: number;
  /** Seconds before anything happens: the matrix of the circuit. */
  readonly secondsToStart: number;
  /** States that strong simulation holds at most; it refuses more, whatever the memory. */
  readonly statesMax: number;
  /** Arrays of amplitudes and probabilities alive at once. */
  readonly copies: number;
}

/** One thread of the simulator as it is, in plain TypeScript, on an x86-64 core of 2022; a worker announces its own. */
export const DEFAULT_SPEED: EngineSpeed = {
  secondsPerAmplitudeStep: 1.5e-8,
  secondsPerState: 3e-7,
  detectionFactor: 3,
  secondsPerDraw: 1.5e-7,
  secondsPerSampleStep: 3e-9,
  secondsPerResultByte: 2e-9,
  secondsToStart: 2e-4,
  statesMax: 8_000_000,
  copies: 3,
};

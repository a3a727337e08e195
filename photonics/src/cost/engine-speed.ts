/**
 * What a simulator takes, per elementary step, on the machine that runs it: all that estimates know of an engine, and
 * the one place to change when it becomes another. `npm run bench -- cost` compares it with what is measured.
 */
export interface EngineSpeed {
  /** Seconds per (photon, state) of strong simulation: one complex multiply-add of a layer. */
  readonly secondsPerAmplitudeStep: number;
  /** How many times as long that takes where there is no kernel: with polarization, and for superpositions. */
  readonly layersFactor: number;
  /** Seconds to gather, detect, select and list one state of strong simulation. */
  readonly secondsPerState: number;
  /** How many times as long that takes where detectors, heralds or conditions need a look at each state. */
  readonly detectionFactor: number;
  /** Seconds to draw one event from a distribution that is known. */
  readonly secondsPerDraw: number;
  /** Seconds for what is done with each event that is drawn without knowing its probability. */
  readonly secondsPerEvent: number;
  /** Seconds per (photon, subset) of sampling by permanents; infinite for an engine that has no such sampling. */
  readonly secondsPerSampleStep: number;
  /** Seconds per character of result text. */
  readonly secondsPerResultByte: number;
  /** Seconds per character of the text of samples, which names a state for each of them. */
  readonly secondsPerSampleByte: number;
  /** Seconds before anything happens: the matrix of the circuit. */
  readonly secondsToStart: number;
  /** States that strong simulation holds at most; it refuses more, whatever the memory. */
  readonly statesMax: number;
}

/** One thread of the simulator on an x86-64 core of 2022; `measureSpeed` of the simulation tells that of a machine. */
export const DEFAULT_SPEED: EngineSpeed = {
  secondsPerAmplitudeStep: 1.2e-9,
  layersFactor: 15,
  secondsPerState: 8e-8,
  detectionFactor: 5,
  secondsPerDraw: 2e-8,
  secondsPerEvent: 1e-6,
  secondsPerSampleStep: 1e-9,
  secondsPerResultByte: 2e-9,
  secondsPerSampleByte: 4e-9,
  secondsToStart: 1.8e-4,
  statesMax: 8_000_000,
};

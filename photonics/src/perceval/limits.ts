/** How large a payload may be. Every bound that decoding enforces, with its unit. */
export interface Limits {
  /** Text and zipped strings of one payload after inflation, together. */
  readonly inflatedBytes: number;
  /** One zipped string after inflation. */
  readonly inflatedBytesEach: number;
  readonly zippedStrings: number;
  readonly jsonDepth: number;
  readonly messageDepth: number;
  readonly components: number;
  readonly modes: number;
  readonly matrixEntries: number;
  readonly stringLength: number;
  readonly iterations: number;
  readonly photons: number;
}

export const defaultLimits: Limits = {
  inflatedBytes: 32 * 2 ** 20,
  inflatedBytesEach: 16 * 2 ** 20,
  zippedStrings: 256,
  jsonDepth: 64,
  messageDepth: 32,
  components: 20_000,
  modes: 1_024,
  matrixEntries: 1_000_000,
  stringLength: 2 ** 20,
  iterations: 100_000,
  photons: 1_024,
};

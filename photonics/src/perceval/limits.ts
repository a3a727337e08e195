/** How large a payload may be. Every bound that decoding enforces, with its unit. */
export interface Limits {
  /** Characters of all strings of one payload, keys included, as they come. */
  readonly payloadLength: number;
  /** Characters of tagged strings of one payload, after inflation, together. */
  readonly textLength: number;
  /** Characters of one tagged string, after inflation. */
  readonly textLengthEach: number;
  readonly zippedStrings: number;
  /** Levels of lists and objects. */
  readonly jsonDepth: number;
  /** Values in lists and objects, together. */
  readonly jsonValues: number;
  /** Characters of the job context, as JSON. */
  readonly jobContextLength: number;
  /** Levels of messages. */
  readonly messageDepth: number;
  /** Messages and entries of maps, together. */
  readonly messages: number;
  readonly components: number;
  /** Of a circuit. */
  readonly modes: number;
  /** Rows times columns of a matrix. */
  readonly matrixEntries: number;
  /** Bytes of a text inside a message. */
  readonly stringLength: number;
  readonly iterations: number;
  /**
   * Characters of states, noise models, formulas and conditions, together. Those of conditions count 8 times,
   * and those of formulas 16 times, as they take as much longer to read.
   */
  readonly grammarLength: number;
  /** Modes and photons of all input states, together. */
  readonly stateSlots: number;
}

export const defaultLimits: Limits = {
  payloadLength: 8 * 2 ** 20,
  textLength: 32 * 2 ** 20,
  textLengthEach: 16 * 2 ** 20,
  zippedStrings: 256,
  jsonDepth: 64,
  jsonValues: 1_000_000,
  jobContextLength: 65_536,
  messageDepth: 32,
  messages: 250_000,
  components: 20_000,
  modes: 1_024,
  matrixEntries: 1_000_000,
  stringLength: 2 ** 20,
  iterations: 10_000,
  grammarLength: 2 ** 21,
  stateSlots: 2 ** 20,
};

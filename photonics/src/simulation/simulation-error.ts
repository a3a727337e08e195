/** Why a job that was understood cannot be computed; docs/simulation-errors.md says what to do about each. */
export const simulationErrorCodes = [
  "no_input",
  "input_modes",
  "unbounded",
  "too_many_states",
  "too_many_photons",
  "parameter_without_value",
  "matrix_not_unitary",
  "loss",
  "delay",
  "feed_forward_delay",
  "feed_forward_modes",
  "feed_forward_heralds",
  "feed_forward_measured",
] as const;
export type SimulationErrorCode = (typeof simulationErrorCodes)[number];

/** A job that was understood but cannot be computed: why, in a physicist's words, and what to do. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
  readonly code: SimulationErrorCode;

  constructor(code: SimulationErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** A job that was understood but cannot be computed: why, in a physicist's words, and what to do. */
export class SimulationError extends Error {
  override readonly name = "SimulationError";
  readonly code: string;

  constructor(code: string, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

import { SimulationError } from "./simulation-error.ts";
import { countStates } from "./state-order.ts";

/** More states than this are refused: their arrays would not fit beside those of other jobs. */
export const statesMax = 8_000_000;

/** @throws {SimulationError} when so many photons have more states than fit */
export function requireStates(photons: number, modes: number): void {
  requireProduct([photons], modes);
}

/** The same for the combinations of several groups of photons. */
export function requireProduct(groups: readonly number[], modes: number): void {
  const states = groups.reduce((product, photons) => product * countStates(photons, modes), 1);
  if (states <= statesMax) return;
  throw new SimulationError(
    "too_many_states",
    `${groups.join(" and ")} photons in ${modes} modes, with those that are lost, have ${states.toExponential(1)} states, and at most ${statesMax.toExponential(1)} fit: use fewer photons or modes.`,
  );
}

/** What a computation gives that takes memory. @throws {SimulationError} when there is none */
export function needingMemory<Result>(photons: number, modes: number, compute: () => Result): Result {
  try {
    return compute();
  } catch (cause) {
    // The other error of this kind is a defect.
    if (!(cause instanceof RangeError) || /call stack/.test(cause.message)) throw cause;
    throw new SimulationError(
      "too_many_states",
      `There is no memory for ${photons} photons in ${modes} modes: use fewer photons or modes.`,
      { cause },
    );
  }
}

import type { Experiment } from "@corbenic/photonics/model";

type Entered = Pick<Experiment, "input" | "inputPorts" | "modes">;

/**
 * How many photons enter each mode. An input may leave out the heralded modes, whose photons the heralds give.
 * Undefined where the input is a superposition or a mixture: no one number is right.
 */
export function enteringPhotons({ input, inputPorts, modes }: Entered): (number | undefined)[] {
  const counts =
    input?.kind === "fock"
      ? [...input.state]
      : input?.kind === "annotated"
        ? input.state.map((photons) => photons.length)
        : undefined;
  let next = 0;
  return Array.from({ length: modes }, (_, mode) => {
    const port = inputPorts.get(mode);
    const isHeralded = port?.kind === "herald";
    const isGiven = counts !== undefined && (!isHeralded || counts.length === modes);
    const count = isGiven ? counts[next++] : undefined;
    return isHeralded ? port.photons : count;
  });
}

import type { Experiment, Input } from "@corbenic/photonics/model";

type Entered = Pick<Experiment, "input" | "inputPorts" | "modes">;

/**
 * How many photons enter each mode. An input may leave out the heralded modes, whose photons the heralds give.
 * Undefined where the states of a superposition or a mixture differ: no one number is right.
 */
export function enteringPhotons({ input, inputPorts, modes }: Entered): (number | undefined)[] {
  const counts = input === undefined ? undefined : countsOf(input);
  let next = 0;
  return Array.from({ length: modes }, (_, mode) => {
    const port = inputPorts.get(mode);
    const isHeralded = port?.kind === "herald";
    const isGiven = counts !== undefined && (!isHeralded || counts.length === modes);
    const count = isGiven ? counts[next++] : undefined;
    return isHeralded ? port.photons : count;
  });
}

function countsOf(input: Input): readonly (number | undefined)[] {
  if (input.kind === "fock") return input.state;
  const states =
    input.kind === "annotated"
      ? [input.state]
      : input.mixture.flatMap(({ vector }) => vector.map(({ state }) => state));
  const [first = [], ...others] = states;
  return first.map((photons, mode) =>
    others.every((state) => state[mode]?.length === photons.length) ? photons.length : undefined,
  );
}

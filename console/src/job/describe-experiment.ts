import { type Experiment, heraldsOf, printAnnotatedState, printFockState } from "@corbenic/photonics/model";
import { writtenMixture } from "./written-vector.ts";

/** Longer texts are cut: a mixture may have thousands of states. */
const lengthMax = 160;

/** What enters the experiment, as it is written; where it leaves out heralded modes, the heralds give their photons. */
export function describeInput({ input, inputPorts, modes }: Experiment): string {
  const heralds = heraldsOf(inputPorts);
  const isWhole = input !== undefined && input.kind !== "mixture" && input.state.length === modes;
  const heralded = isWhole ? 0 : [...heralds.values()].reduce((sum, photons) => sum + photons, 0);
  const text = input === undefined ? "none" : writtenInput(input);
  const cut = text.length > lengthMax ? `${text.slice(0, lengthMax)} …` : text;
  return heralded === 0 ? cut : `${cut} and ${heralded} heralded ${heralded === 1 ? "photon" : "photons"}`;
}

/** What counts the photons of each mode, in words. */
export function describeDetectors({ detectors, modes }: Experiment): string {
  if (detectors.size === 0) return "all count photons";
  const names = [...new Set([...detectors.values()].map(({ name }) => name))].join(", ");
  const others = modes - detectors.size;
  return others === 0 ? names : `${names} on ${detectors.size} of ${modes} modes, the others count photons`;
}

function writtenInput(input: NonNullable<Experiment["input"]>): string {
  switch (input.kind) {
    case "fock":
      return printFockState(input.state);
    case "annotated":
      return printAnnotatedState(input.state);
    case "mixture":
      return writtenMixture(input.mixture);
  }
}

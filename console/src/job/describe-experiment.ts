import {
  type Experiment,
  heraldsOf,
  printAnnotatedState,
  printFockState,
  printMixture,
} from "@corbenic/photonics/model";

/** Longer texts are cut: a mixture may have thousands of states. */
const lengthMax = 160;

/** What enters the experiment, as it is written; heralded photons are added by the circuit. */
export function describeInput({ input, inputPorts }: Experiment): string {
  const heralded = [...heraldsOf(inputPorts).values()].reduce((sum, photons) => sum + photons, 0);
  const text = input === undefined ? "none" : writtenInput(input);
  const cut = text.length > lengthMax ? `${text.slice(0, lengthMax)} …` : text;
  return heralded === 0 ? cut : `${cut} and ${heralded} heralded photons`;
}

function writtenInput(input: NonNullable<Experiment["input"]>): string {
  switch (input.kind) {
    case "fock":
      return printFockState(input.state);
    case "annotated":
      return printAnnotatedState(input.state);
    case "mixture":
      return printMixture(input.mixture);
  }
}

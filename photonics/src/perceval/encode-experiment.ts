import {
  type Experiment,
  type Input,
  printAnnotatedState,
  printFockState,
  printMixture,
  printPostSelection,
  printStateVector,
} from "../model/index.ts";
import { noFilter } from "./decode-experiment.ts";
import { fromComponent } from "./encode-component.ts";
import { fromDetectors } from "./encode-detector.ts";
import { fromPorts } from "./encode-port.ts";
import { printNoise } from "./noise-text.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";

export function fromExperiment(experiment: Experiment): OutgoingMessage<"Experiment"> {
  const { name, modes, components, input, noise, postSelection, minDetectedPhotons } = experiment;
  const noiseText = printNoise(noise);
  return {
    input_state: input === undefined ? undefined : inputText(input),
    name,
    noise_model: noiseText === "{}" ? undefined : `:PCVL:NoiseModel:${noiseText}`,
    post_select:
      postSelection === undefined ? undefined : `:PCVL:PostSelect:${printPostSelection(postSelection)}`,
    input_ports: fromPorts(experiment.inputPorts),
    output_ports: fromPorts(experiment.outputPorts),
    detectors: fromDetectors(experiment.detectors),
    n_mode: modes,
    components: components.map(fromComponent),
    min_photons_filter: minDetectedPhotons === 0 ? noFilter : minDetectedPhotons,
  };
}

/** What enters, as a tagged string. */
export function inputText(input: Input): string {
  if (input.kind === "fock") return `:PCVL:BasicState:${printFockState(input.state)}`;
  if (input.kind === "annotated") return `:PCVL:BasicState:${printAnnotatedState(input.state)}`;
  const [only, ...more] = input.mixture;
  return only !== undefined && more.length === 0 && only.probability === 1
    ? `:PCVL:StateVector:${printStateVector(only.vector)}`
    : `:PCVL:SVDistribution:${printMixture(input.mixture)}`;
}

import { type Experiment, largestModeIn, noNoise, type PostSelection } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { toComponents, toModes } from "./decode-circuit.ts";
import { toDetectors } from "./decode-detector.ts";
import { toPorts } from "./decode-port.ts";
import { readInput, readNoise, readPostSelection } from "./decode-values.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

/** What the client writes for a filter of none; filters cannot be larger. */
export const noFilter = 0x0fffffff;

/** The model of an experiment message. @throws {BadPayload} */
export function toExperiment(message: Message<"Experiment">, path: string, reading: Reading): Experiment {
  const modes = toModes(message.n_mode, path, reading);
  const filter = message.min_photons_filter ?? 0;
  const postSelection = message.post_select
    ? readPostSelection(message.post_select, `${path}.post_select`, reading)
    : undefined;
  requireModes(postSelection, modes, `${path}.post_select`);
  return {
    kind: "experiment",
    name: message.name ?? "",
    modes,
    components: toComponents(message.components, modes, path, reading),
    ...(message.input_state ? { input: readInput(message.input_state, `${path}.input_state`, reading) } : {}),
    inputPorts: toPorts(message.input_ports, modes, `${path}.input_ports`),
    outputPorts: toPorts(message.output_ports, modes, `${path}.output_ports`),
    detectors: toDetectors(message.detectors, modes, `${path}.detectors`),
    noise: message.noise_model ? readNoise(message.noise_model, `${path}.noise_model`, reading) : noNoise,
    ...(postSelection === undefined ? {} : { postSelection }),
    minDetectedPhotons: filter === noFilter ? 0 : filter,
  };
}

export function requireModes(condition: PostSelection | undefined, modes: number, path: string): void {
  if (condition === undefined) return;
  const largest = largestModeIn(condition);
  if (largest >= modes)
    throw new BadPayload("postselect_mode", path, `mode ${largest}`, `modes 0 to ${modes - 1}`);
}

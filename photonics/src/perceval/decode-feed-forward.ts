import type { Circuit, Component, Experiment } from "../model/index.ts";
import { parseFockState } from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import { toCircuit } from "./decode-circuit.ts";
import { toExperiment } from "./decode-experiment.ts";
import { under } from "./path.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

/** The model of what chooses a circuit by what was measured. @throws {BadPayload} */
export function toCircuitProvider(
  message: Message<"FFCircuitProvider">,
  measured: number,
  path: string,
  reading: Reading,
): Component {
  const choose = (choice: Message<"CircuitOrExperiment">, where: string): Circuit | Experiment => {
    if (choice.circuit !== undefined) return toCircuit(choice.circuit, `${where}.circuit`, reading);
    if (choice.experiment !== undefined)
      return toExperiment(choice.experiment, `${where}.experiment`, reading);
    throw new BadPayload("feed_forward_circuit", where, "neither circuit nor experiment", "one of them");
  };
  return {
    kind: "feed-forward-circuit-provider",
    ...common(message, measured, path),
    defaultCircuit: choose(message, path),
    circuits: keyedByState(message.config_circ, measured, `${path}.config_circ`, choose),
  };
}

/** The model of what sets parameters of a circuit by what was measured. @throws {BadPayload} */
export function toConfigurator(
  message: Message<"FFConfigurator">,
  measured: number,
  path: string,
  reading: Reading,
): Component {
  if (message.controlled_circuit === undefined)
    throw new BadPayload("feed_forward_circuit", path, "no controlled circuit", "one");
  return {
    kind: "feed-forward-configurator",
    ...common(message, measured, path),
    circuit: toCircuit(message.controlled_circuit, `${path}.controlled_circuit`, reading),
    defaultValues: message.default_config?.mapping ?? new Map(),
    values: keyedByState(
      message.configs,
      measured,
      `${path}.configs`,
      ({ mapping }) => mapping ?? new Map<string, number>(),
    ),
  };
}

function common(
  { name = "", offset = 0, block_circuit_size: blockCircuitSize = false }: Message<"FFCircuitProvider">,
  measured: number,
  path: string,
) {
  if (measured < 1)
    throw new BadPayload("feed_forward_modes", path, `${measured} measured modes`, "at least one");
  return { name, measured, offset, blockCircuitSize };
}

/** Keys are states of the measured modes, written as the model writes them. */
function keyedByState<From, To>(
  entries: ReadonlyMap<string, From> | undefined,
  measured: number,
  path: string,
  read: (from: From, where: string) => To,
): Map<string, To> {
  const result = new Map<string, To>();
  for (const [key, entry] of entries ?? []) {
    const where = under(path, key);
    const state = at(where, () => parseFockState(key));
    if (state.length !== measured)
      throw new BadPayload("feed_forward_state", where, `${state.length} modes`, `${measured}`);
    const known = state.join(",");
    if (result.has(known))
      throw new BadPayload("feed_forward_state", where, "a state for the second time", "each state once");
    result.set(known, read(entry, where));
  }
  return result;
}

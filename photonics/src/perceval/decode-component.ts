import { type Component, conventions, type Parameter, quote, value } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { toCircuit } from "./decode-circuit.ts";
import { toCircuitProvider, toConfigurator } from "./decode-feed-forward.ts";
import { toUnitary } from "./decode-matrix.ts";
import { toParameter } from "./decode-parameter.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./reading.ts";

type ComponentMessage = Message<"Component">;
type Kind = Exclude<keyof ComponentMessage, "starting_mode" | "n_mode">;
type Read<K extends Kind> = (
  message: NonNullable<ComponentMessage[K]>,
  path: string,
  reading: Reading,
  modes: number,
) => Component;

/** How each kind of component is read. */
const readers: { readonly [K in Kind]: Read<K> } = {
  circuit: toCircuit,
  phase_shifter: ({ phi, max_error }, path, reading) => ({
    kind: "phase-shifter",
    phi: toParameter(phi, `${path}.phi`, reading),
    maxError: toParameter(max_error, `${path}.max_error`, reading, 0),
  }),
  beam_splitter: (message, path, reading) => ({
    kind: "beam-splitter",
    convention: toConvention(message.convention ?? 0, path),
    theta: toParameter(message.theta, `${path}.theta`, reading, Math.PI / 2),
    phiTopLeft: toParameter(message.phi_tl, `${path}.phi_tl`, reading, 0),
    phiBottomLeft: toParameter(message.phi_bl, `${path}.phi_bl`, reading, 0),
    phiTopRight: toParameter(message.phi_tr, `${path}.phi_tr`, reading, 0),
    phiBottomRight: toParameter(message.phi_br, `${path}.phi_br`, reading, 0),
  }),
  permutation: ({ permutations = [] }, path) => toPermutation(permutations, path),
  unitary: toUnitary,
  wave_plate: ({ delta, xsi }, path, reading) => ({
    kind: "wave-plate",
    plate: "any",
    delta: toParameter(delta, `${path}.delta`, reading),
    xsi: toParameter(xsi, `${path}.xsi`, reading),
  }),
  half_wave_plate: ({ xsi }, path, reading) => ({
    kind: "wave-plate",
    plate: "half",
    delta: value(Math.PI / 2),
    xsi: toParameter(xsi, `${path}.xsi`, reading),
  }),
  quarter_wave_plate: ({ xsi }, path, reading) => ({
    kind: "wave-plate",
    plate: "quarter",
    delta: value(Math.PI / 4),
    xsi: toParameter(xsi, `${path}.xsi`, reading),
  }),
  polarization_rotator: ({ delta }, path, reading) => ({
    kind: "polarization-rotator",
    delta: toParameter(delta, `${path}.delta`, reading),
  }),
  time_delay: ({ dt }, path, reading) => ({
    kind: "time-delay",
    periods: toParameter(dt, `${path}.dt`, reading),
  }),
  polarized_beam_splitter: () => ({ kind: "polarized-beam-splitter" }),
  barrier: ({ visible = false }, path, reading, modes) => ({
    kind: "barrier",
    modes: toBarrierModes(modes, path, reading),
    visible,
  }),
  loss_channel: ({ loss }, path, reading) => toLoss(toParameter(loss, `${path}.loss`, reading), path),
  ff_circuit_provider: (message, path, reading, modes) => toCircuitProvider(message, modes, path, reading),
  ff_configurator: (message, path, reading, modes) => toConfigurator(message, modes, path, reading),
  compiled_circuit: ({ name = "" }, path) => {
    throw new BadPayload(
      "compiled_circuit",
      path,
      `the compiled circuit ${quote(name)}`,
      "circuits of single components: a compiled one runs only on the processor it was compiled for",
    );
  },
};

/** The model of a component message. @throws {BadPayload} */
export function toComponent(message: ComponentMessage, path: string, reading: Reading): Component {
  for (const kind in message) {
    if (Object.hasOwn(readers, kind)) return read(kind as Kind, message, path, reading);
  }
  const unknown = (message as { unknown_kind?: number }).unknown_kind;
  if (unknown === undefined)
    throw new BadPayload("component_missing", path, "a component without a kind", "a component of some kind");
  throw new BadPayload(
    "component_unknown",
    path,
    `a component of kind ${unknown}`,
    "the kinds of Perceval 0.7 to 1.1",
  );
}

function read<K extends Kind>(kind: K, message: ComponentMessage, path: string, reading: Reading): Component {
  return readers[kind](message[kind]!, `${path}.${kind}`, reading, message.n_mode ?? 0);
}

function toConvention(convention: number, path: string) {
  const known = conventions[convention];
  if (known === undefined) {
    throw new BadPayload("convention", `${path}.convention`, String(convention), conventions.join(", "));
  }
  return known;
}

function toPermutation(permutation: readonly number[], path: string): Component {
  if (permutation.length === 0 || [...permutation].sort((a, b) => a - b).some((mode, i) => mode !== i)) {
    throw new BadPayload("permutation", path, JSON.stringify(permutation.slice(0, 20)), "each mode once");
  }
  return { kind: "permutation", permutation };
}

/** Barriers of clients before 1.0 may leave their size out. */
function toBarrierModes(modes: number, path: string, reading: Reading): number {
  const size = Math.max(1, modes);
  if (size > reading.limits.modes)
    throw new BadPayload("modes", path, `${modes}`, `at most ${reading.limits.modes}`);
  return size;
}

function toLoss(loss: Parameter, path: string): Component {
  if (loss.kind === "value" && !(loss.value >= 0 && loss.value <= 1)) {
    throw new BadPayload("loss", `${path}.loss`, String(loss.value), "0 to 1");
  }
  return { kind: "loss-channel", loss };
}

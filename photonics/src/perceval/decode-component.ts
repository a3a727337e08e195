import {
  type Circuit,
  type Component,
  conventions,
  type Experiment,
  modesOf,
  none,
  numberOf,
  type Parameter,
  type Placed,
  parseExpression,
  parseFockState,
  unitarityDeviation,
  value,
} from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import { decodeExperimentMessage } from "./decode-experiment.ts";
import type { Message } from "./protobuf-types.ts";
import type { Reading } from "./tagged-text.ts";

const parameterName = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** The model of a circuit message. @throws {BadPayload} */
export function toCircuit(message: Message<"Circuit">, path: string, reading: Reading): Circuit {
  const modes = toModes(message.n_mode, path, reading);
  return {
    kind: "circuit",
    name: message.name ?? "",
    modes,
    components: toComponents(message.components, modes, path, reading),
  };
}

export function toModes(modes: number | undefined, path: string, reading: Reading): number {
  if (modes === undefined || modes < 1 || modes > reading.limits.modes) {
    throw new BadPayload("modes", `${path}.n_mode`, String(modes ?? "none"), `1 to ${reading.limits.modes}`);
  }
  return modes;
}

export function toComponents(
  messages: readonly Message<"Component">[] | undefined,
  modes: number,
  path: string,
  reading: Reading,
): Placed[] {
  return (messages ?? []).map((message, i) => {
    const where = `${path}.components[${i}]`;
    reading.countComponent(where);
    const mode = message.starting_mode ?? 0;
    const component = toComponent(message, where, reading);
    const size = modesOf(component);
    if (mode < 0 || mode + size > modes) {
      throw new BadPayload(
        "component_outside",
        where,
        `modes ${mode} to ${mode + size - 1}`,
        `modes 0 to ${modes - 1}`,
      );
    }
    return { mode, component };
  });
}

function toComponent(message: Message<"Component">, path: string, reading: Reading): Component {
  const {
    circuit,
    phase_shifter,
    beam_splitter,
    permutation,
    unitary,
    wave_plate,
    half_wave_plate,
    quarter_wave_plate,
    polarization_rotator,
    time_delay,
    polarized_beam_splitter,
    barrier,
    loss_channel,
    ff_circuit_provider,
    ff_configurator,
    compiled_circuit,
  } = message;
  const parameter = (field: Message<"Parameter"> | undefined, name: string, absent?: number) =>
    toParameter(field, `${path}.${name}`, reading, absent);
  if (circuit !== undefined) return toCircuit(circuit, `${path}.circuit`, reading);
  if (phase_shifter !== undefined) {
    return {
      kind: "phase-shifter",
      phi: parameter(phase_shifter.phi, "phase_shifter.phi"),
      maxError: parameter(phase_shifter.max_error, "phase_shifter.max_error", 0),
    };
  }
  if (beam_splitter !== undefined) {
    const convention = conventions[beam_splitter.convention ?? 0];
    if (convention === undefined) {
      throw new BadPayload(
        "convention",
        `${path}.beam_splitter`,
        String(beam_splitter.convention),
        conventions.join(", "),
      );
    }
    return {
      kind: "beam-splitter",
      convention,
      theta: parameter(beam_splitter.theta, "beam_splitter.theta", Math.PI / 2),
      phiTopLeft: parameter(beam_splitter.phi_tl, "beam_splitter.phi_tl", 0),
      phiBottomLeft: parameter(beam_splitter.phi_bl, "beam_splitter.phi_bl", 0),
      phiTopRight: parameter(beam_splitter.phi_tr, "beam_splitter.phi_tr", 0),
      phiBottomRight: parameter(beam_splitter.phi_br, "beam_splitter.phi_br", 0),
    };
  }
  if (permutation !== undefined) return toPermutation(permutation.permutations ?? [], `${path}.permutation`);
  if (unitary !== undefined) return toUnitary(unitary, `${path}.unitary`, reading);
  if (wave_plate !== undefined) {
    const { delta, xsi } = wave_plate;
    return {
      kind: "wave-plate",
      plate: "any",
      delta: parameter(delta, "wave_plate.delta"),
      xsi: parameter(xsi, "wave_plate.xsi"),
    };
  }
  if (half_wave_plate !== undefined) {
    return {
      kind: "wave-plate",
      plate: "half",
      delta: value(Math.PI / 2),
      xsi: parameter(half_wave_plate.xsi, "half_wave_plate.xsi"),
    };
  }
  if (quarter_wave_plate !== undefined) {
    return {
      kind: "wave-plate",
      plate: "quarter",
      delta: value(Math.PI / 4),
      xsi: parameter(quarter_wave_plate.xsi, "quarter_wave_plate.xsi"),
    };
  }
  if (polarization_rotator !== undefined) {
    return {
      kind: "polarization-rotator",
      delta: parameter(polarization_rotator.delta, "polarization_rotator.delta"),
    };
  }
  if (time_delay !== undefined)
    return { kind: "time-delay", periods: parameter(time_delay.dt, "time_delay.dt") };
  if (polarized_beam_splitter !== undefined) return { kind: "polarized-beam-splitter" };
  if (barrier !== undefined) return { kind: "barrier", visible: barrier.visible ?? false };
  if (loss_channel !== undefined)
    return toLoss(parameter(loss_channel.loss, "loss_channel.loss"), `${path}.loss_channel`);
  if (ff_circuit_provider !== undefined)
    return toCircuitProvider(
      ff_circuit_provider,
      message.n_mode ?? 0,
      `${path}.ff_circuit_provider`,
      reading,
    );
  if (ff_configurator !== undefined)
    return toConfigurator(ff_configurator, message.n_mode ?? 0, `${path}.ff_configurator`, reading);
  if (compiled_circuit !== undefined) {
    throw new BadPayload(
      "component_unknown",
      path,
      `the compiled circuit ${JSON.stringify(compiled_circuit.name ?? "")}`,
      "circuits of single components: a compiled one runs only on the processor it was compiled for",
    );
  }
  const unknown = (message as { unknown_kind?: number }).unknown_kind;
  throw new BadPayload(
    "component_unknown",
    path,
    unknown === undefined ? "a component without a kind" : `a component of kind ${unknown}`,
    "the kinds of Perceval 0.7 to 1.1",
  );
}

function toParameter(
  message: Message<"Parameter"> | undefined,
  path: string,
  reading: Reading,
  absent?: number,
): Parameter {
  if (message === undefined) {
    if (absent === undefined) throw new BadPayload("parameter_missing", path, "nothing", "a parameter");
    return value(absent);
  }
  const { real_value, symbol, expression, name } = message;
  if (expression !== undefined) {
    const values = new Map<string, number>();
    for (const [i, inner] of (message.expr_parameters ?? []).entries()) {
      const where = `${path}.expr_parameters[${i}]`;
      const parameter = toParameter(inner, where, reading);
      if (parameter.kind === "value" && parameter.name !== undefined)
        values.set(parameter.name, parameter.value);
      else if (parameter.kind === "expression") {
        const known = at(where, () => numberOf(parameter, none));
        if (inner.name !== undefined) values.set(inner.name, known);
      }
    }
    return {
      kind: "expression",
      text: expression,
      expression: at(path, () => parseExpression(expression)),
      values,
    };
  }
  if (symbol !== undefined) {
    if (!parameterName.test(symbol))
      throw new BadPayload(
        "parameter_name",
        path,
        JSON.stringify(symbol.slice(0, 64)),
        "a name of letters, digits and _",
      );
    return { kind: "symbol", name: symbol };
  }
  if (real_value === undefined)
    throw new BadPayload("parameter_missing", path, "neither value, symbol nor expression", "one of them");
  if (name === undefined || name === "") return value(real_value);
  if (parameterName.test(name)) return { kind: "value", value: real_value, name };
  // A formula that had a value when it was written: the client's name for it is its text.
  at(path, () => parseExpression(name));
  return value(real_value);
}

function toPermutation(permutation: readonly number[], path: string): Component {
  if (permutation.length === 0 || [...permutation].sort((a, b) => a - b).some((mode, i) => mode !== i)) {
    throw new BadPayload("permutation", path, JSON.stringify(permutation.slice(0, 20)), "each mode once");
  }
  return { kind: "permutation", permutation };
}

const deviationMax = 1e-5;

function toUnitary(message: Message<"Unitary">, path: string, reading: Reading): Component {
  const { rows = 0, cols = 0, numeric, symbolic } = message.mat ?? {};
  if (rows < 1 || cols < 1 || rows * cols > reading.limits.matrixEntries) {
    throw new BadPayload(
      "matrix_size",
      `${path}.mat`,
      `${rows} x ${cols}`,
      `at most ${reading.limits.matrixEntries} entries`,
    );
  }
  const data = numeric?.data?.toArray() ?? symbolicData(symbolic, `${path}.mat`, reading);
  if (data.length !== 2 * rows * cols) {
    throw new BadPayload("matrix_size", `${path}.mat`, `${data.length / 2} entries`, `${rows} x ${cols}`);
  }
  const matrix = { rows, cols, data };
  const polarized = message.use_polarization ?? false;
  if (polarized && rows % 2 !== 0)
    throw new BadPayload(
      "matrix_size",
      `${path}.mat`,
      `${rows} rows`,
      "two for each mode, one for each polarization",
    );
  const deviation = unitarityDeviation(matrix);
  if (!(deviation <= deviationMax)) {
    throw new BadPayload(
      "matrix_not_unitary",
      `${path}.mat`,
      `U†U off by ${deviation.toPrecision(3)}`,
      `at most ${deviationMax}`,
    );
  }
  return { kind: "unitary", matrix, name: message.name ?? "", polarized };
}

function symbolicData(
  message: Message<"MatrixSymbolic"> | undefined,
  path: string,
  reading: Reading,
): Float64Array {
  const entries = message?.data ?? [];
  return Float64Array.from(
    entries.flatMap((entry, i) => {
      const where = `${path}.symbolic[${i}]`;
      return [at(where, () => numberOf(toParameter(entry, where, reading), none)), 0];
    }),
  );
}

function toLoss(loss: Parameter, path: string): Component {
  if (loss.kind === "value" && !(loss.value >= 0 && loss.value <= 1)) {
    throw new BadPayload("loss", path, String(loss.value), "0 to 1");
  }
  return { kind: "loss-channel", loss };
}

function toCircuitProvider(
  message: Message<"FFCircuitProvider">,
  measured: number,
  path: string,
  reading: Reading,
): Component {
  const choose = (
    {
      circuit,
      experiment,
    }: { circuit?: Message<"Circuit"> | undefined; experiment?: Message<"Experiment"> | undefined },
    where: string,
  ): Circuit | Experiment => {
    if (circuit !== undefined) return toCircuit(circuit, `${where}.circuit`, reading);
    if (experiment !== undefined) return decodeExperimentMessage(experiment, `${where}.experiment`, reading);
    throw new BadPayload("feed_forward_circuit", where, "neither circuit nor experiment", "one of them");
  };
  return {
    kind: "feed-forward-circuit-provider",
    ...feedForward(message, measured, path),
    defaultCircuit: choose(message, path),
    circuits: keyedByState(message.config_circ, measured, `${path}.config_circ`, choose),
  };
}

function toConfigurator(
  message: Message<"FFConfigurator">,
  measured: number,
  path: string,
  reading: Reading,
): Component {
  if (message.controlled_circuit === undefined)
    throw new BadPayload("feed_forward_circuit", path, "no controlled circuit", "one");
  return {
    kind: "feed-forward-configurator",
    ...feedForward(message, measured, path),
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

function feedForward(
  message: {
    name?: string | undefined;
    offset?: number | undefined;
    block_circuit_size?: boolean | undefined;
  },
  measured: number,
  path: string,
) {
  if (measured < 1)
    throw new BadPayload("feed_forward_modes", path, `${measured} measured modes`, "at least one");
  return {
    name: message.name ?? "",
    measured,
    offset: message.offset ?? 0,
    blockCircuitSize: message.block_circuit_size ?? false,
  };
}

/** Keys are states of the measured modes, written as the model writes them. */
function keyedByState<From, To>(
  entries: Map<string, From> | undefined,
  measured: number,
  path: string,
  read: (from: From, where: string) => To,
): Map<string, To> {
  const result = new Map<string, To>();
  for (const [key, entry] of entries ?? []) {
    const where = `${path}[${JSON.stringify(key.slice(0, 40))}]`;
    const state = at(where, () => parseFockState(key));
    if (state.length !== measured)
      throw new BadPayload("feed_forward_state", where, `${state.length} modes`, `${measured}`);
    result.set(state.join(","), read(entry, where));
  }
  return result;
}

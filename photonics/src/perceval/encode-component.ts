import {
  type Circuit,
  type Component,
  conventions,
  type FeedForwardCircuitProvider,
  type FeedForwardConfigurator,
  modesOf,
  type Placed,
  type WavePlate,
} from "../model/index.ts";
import { fromExperiment } from "./encode-experiment.ts";
import { fromMatrix } from "./encode-matrix.ts";
import { fromParameter } from "./encode-parameter.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";

export function fromCircuit({ name, modes, components }: Circuit): OutgoingMessage<"Circuit"> {
  return { name: name === "" ? undefined : name, n_mode: modes, components: components.map(fromComponent) };
}

export function fromComponent({ mode, component }: Placed): OutgoingMessage<"Component"> {
  return { starting_mode: mode, n_mode: modesOf(component), ...kindOf(component) };
}

function kindOf(component: Component): OutgoingMessage<"Component"> {
  switch (component.kind) {
    case "circuit":
      return { circuit: fromCircuit(component) };
    case "phase-shifter": {
      const { phi, maxError } = component;
      const exact = maxError.kind === "value" && maxError.name === undefined && Object.is(maxError.value, 0);
      return {
        phase_shifter: { phi: fromParameter(phi), max_error: exact ? undefined : fromParameter(maxError) },
      };
    }
    case "beam-splitter":
      return {
        beam_splitter: {
          convention: conventions.indexOf(component.convention),
          theta: fromParameter(component.theta),
          phi_tl: fromParameter(component.phiTopLeft),
          phi_bl: fromParameter(component.phiBottomLeft),
          phi_tr: fromParameter(component.phiTopRight),
          phi_br: fromParameter(component.phiBottomRight),
        },
      };
    case "permutation":
      return { permutation: { permutations: component.permutation } };
    case "unitary": {
      const { matrix, name, polarized } = component;
      return {
        unitary: {
          mat: fromMatrix(matrix),
          name: name === "" ? undefined : name,
          use_polarization: polarized,
        },
      };
    }
    case "wave-plate":
      return fromWavePlate(component);
    case "polarization-rotator":
      return { polarization_rotator: { delta: fromParameter(component.delta) } };
    case "polarized-beam-splitter":
      return { polarized_beam_splitter: {} };
    case "time-delay":
      return { time_delay: { dt: fromParameter(component.periods) } };
    case "loss-channel":
      return { loss_channel: { loss: fromParameter(component.loss) } };
    case "barrier":
      return { barrier: { visible: component.visible } };
    case "feed-forward-circuit-provider":
      return { ff_circuit_provider: fromProvider(component) };
    case "feed-forward-configurator":
      return { ff_configurator: fromConfigurator(component) };
  }
}

function fromWavePlate({ plate, delta, xsi }: WavePlate): OutgoingMessage<"Component"> {
  if (plate === "half") return { half_wave_plate: { xsi: fromParameter(xsi) } };
  if (plate === "quarter") return { quarter_wave_plate: { xsi: fromParameter(xsi) } };
  return { wave_plate: { delta: fromParameter(delta), xsi: fromParameter(xsi) } };
}

function fromProvider(component: FeedForwardCircuitProvider): OutgoingMessage<"FFCircuitProvider"> {
  const { name, offset, blockCircuitSize, defaultCircuit, circuits } = component;
  return {
    name,
    offset,
    block_circuit_size: blockCircuitSize,
    ...fromChoice(defaultCircuit),
    config_circ: new Map(Array.from(circuits, ([counts, choice]) => [`|${counts}>`, fromChoice(choice)])),
  };
}

function fromChoice(
  choice: FeedForwardCircuitProvider["defaultCircuit"],
): OutgoingMessage<"CircuitOrExperiment"> {
  return choice.kind === "circuit"
    ? { circuit: fromCircuit(choice) }
    : { experiment: fromExperiment(choice) };
}

/** The values travel as 32-bit floats. */
function fromConfigurator(component: FeedForwardConfigurator): OutgoingMessage<"FFConfigurator"> {
  const { name, offset, blockCircuitSize, circuit, defaultValues, values } = component;
  return {
    name,
    offset,
    block_circuit_size: blockCircuitSize,
    controlled_circuit: fromCircuit(circuit),
    default_config: { mapping: defaultValues },
    configs: new Map(Array.from(values, ([counts, mapping]) => [`|${counts}>`, { mapping }])),
  };
}

import {
  type Assignment,
  type BeamSplitter,
  type ComplexMatrix,
  type Component,
  numberOf,
  type PhaseShifter,
  type Unitary,
  unitarityDeviation,
  type WavePlate,
} from "../model/index.ts";
import { SimulationError } from "./simulation-error.ts";

/** What a matrix depends on besides the component: parameters, and the phase that a shifter really gives. */
export interface Setting {
  readonly assignment: Assignment;
  readonly phaseOf: (shifter: PhaseShifter) => number;
}

/** A component that mixes modes; the others need more than a matrix. */
export type Mixing = Exclude<
  Component,
  {
    kind:
      | "circuit"
      | "time-delay"
      | "loss-channel"
      | "barrier"
      | "feed-forward-circuit-provider"
      | "feed-forward-configurator";
  }
>;

/** Whether a component acts on the polarization, so that its matrix has two rows for each mode. */
export function isPolarizing(component: Mixing): boolean {
  switch (component.kind) {
    case "wave-plate":
    case "polarization-rotator":
    case "polarized-beam-splitter":
      return true;
    case "unitary":
      return component.polarized;
    default:
      return false;
  }
}

/** The unitary matrix of a component on its own modes; rows are outputs. Polarizing ones order H, V within a mode. */
export function componentUnitary(component: Mixing, setting: Setting): ComplexMatrix {
  switch (component.kind) {
    case "beam-splitter":
      return beamSplitter(component, setting);
    case "phase-shifter":
      return phaseShifter(component, setting);
    case "permutation": {
      const size = component.permutation.length;
      const data = new Float64Array(2 * size * size);
      for (const [from, to] of component.permutation.entries()) data[2 * (to * size + from)] = 1;
      return { rows: size, cols: size, data };
    }
    case "unitary":
      return unitary(component);
    case "wave-plate":
      return wavePlate(component, setting);
    case "polarization-rotator": {
      const delta = numberOf(component.delta, setting.assignment);
      return real(2, [Math.cos(delta), Math.sin(delta), -Math.sin(delta), Math.cos(delta)]);
    }
    case "polarized-beam-splitter":
      return real(4, [0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  }
}

/** The three conventions differ in the phases of the reflected and transmitted amplitudes, given as [re, im]. */
const templates = {
  Rx: [
    [1, 0],
    [0, 1],
    [0, 1],
    [1, 0],
  ],
  Ry: [
    [1, 0],
    [-1, 0],
    [1, 0],
    [1, 0],
  ],
  H: [
    [1, 0],
    [1, 0],
    [1, 0],
    [-1, 0],
  ],
} as const;

function beamSplitter(component: BeamSplitter, { assignment }: Setting): ComplexMatrix {
  const half = numberOf(component.theta, assignment) / 2;
  const topLeft = numberOf(component.phiTopLeft, assignment);
  const bottomLeft = numberOf(component.phiBottomLeft, assignment);
  const topRight = numberOf(component.phiTopRight, assignment);
  const bottomRight = numberOf(component.phiBottomRight, assignment);
  const sizes = [Math.cos(half), Math.sin(half), Math.sin(half), Math.cos(half)];
  const phases = [topLeft + topRight, bottomLeft + topRight, topLeft + bottomRight, bottomLeft + bottomRight];
  const data = new Float64Array(8);
  for (const [i, [re, im]] of templates[component.convention].entries()) {
    const cos = Math.cos(phases[i]!);
    const sin = Math.sin(phases[i]!);
    data[2 * i] = sizes[i]! * (re * cos - im * sin);
    data[2 * i + 1] = sizes[i]! * (re * sin + im * cos);
  }
  return { rows: 2, cols: 2, data };
}

function phaseShifter(component: PhaseShifter, { phaseOf }: Setting): ComplexMatrix {
  const phase = phaseOf(component);
  return { rows: 1, cols: 1, data: Float64Array.of(Math.cos(phase), Math.sin(phase)) };
}

function wavePlate(component: WavePlate, { assignment }: Setting): ComplexMatrix {
  const delta = numberOf(component.delta, assignment);
  const axis = 2 * numberOf(component.xsi, assignment);
  const along = Math.sin(delta) * Math.cos(axis);
  const across = Math.sin(delta) * Math.sin(axis);
  return {
    rows: 2,
    cols: 2,
    data: Float64Array.of(Math.cos(delta), along, 0, across, 0, across, Math.cos(delta), -along),
  };
}

const deviationMax = 1e-5;

function unitary({ matrix, name }: Unitary): ComplexMatrix {
  const deviation = unitarityDeviation(matrix);
  if (deviation <= deviationMax) return matrix;
  throw new SimulationError(
    "matrix_not_unitary",
    `The ${matrix.rows}x${matrix.cols} matrix${name === "" ? "" : ` "${name}"`} is not unitary: an entry of U†U is off by ${deviation.toPrecision(3)}, allowed is ${deviationMax}.`,
  );
}

function real(size: number, entries: readonly number[]): ComplexMatrix {
  return { rows: size, cols: size, data: Float64Array.from(entries.flatMap((entry) => [entry, 0])) };
}

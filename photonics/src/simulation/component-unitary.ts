import {
  type Assignment,
  type BeamSplitter,
  type ComplexMatrix,
  type Component,
  numberOf,
  type PhaseShifter,
  type WavePlate,
} from "../model/index.ts";

/** What a matrix depends on besides the component: parameters, and the phase that a shifter really gives. */
export interface Setting {
  readonly assignment: Assignment;
  readonly phaseOf: (phase: number, maxError: number) => number;
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
      return component.matrix;
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

function phaseShifter(component: PhaseShifter, { assignment, phaseOf }: Setting): ComplexMatrix {
  const phase = phaseOf(numberOf(component.phi, assignment), numberOf(component.maxError, assignment));
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

function real(size: number, entries: readonly number[]): ComplexMatrix {
  return { rows: size, cols: size, data: Float64Array.from(entries.flatMap((entry) => [entry, 0])) };
}

/** The matrix on both polarizations of a component that acts on neither: u ⊗ 1. */
export function onBothPolarizations({ rows, cols, data }: ComplexMatrix): ComplexMatrix {
  const doubled = { rows: 2 * rows, cols: 2 * cols, data: new Float64Array(8 * rows * cols) };
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      for (let polarization = 0; polarization < 2; polarization++) {
        const from = 2 * (row * cols + col);
        const to = 2 * ((2 * row + polarization) * doubled.cols + 2 * col + polarization);
        doubled.data[to] = data[from]!;
        doubled.data[to + 1] = data[from + 1]!;
      }
    }
  }
  return doubled;
}

/** Multiplies rows of a matrix by a small one from the left: u becomes (small on these rows)·u. */
export function applyToRows(u: ComplexMatrix, small: ComplexMatrix, rows: readonly number[]): void {
  const { cols, data } = u;
  const size = rows.length;
  const column = new Float64Array(2 * size);
  for (let col = 0; col < cols; col++) {
    for (let i = 0; i < size; i++) {
      const from = 2 * (rows[i]! * cols + col);
      column[2 * i] = data[from]!;
      column[2 * i + 1] = data[from + 1]!;
    }
    for (let i = 0; i < size; i++) {
      let re = 0;
      let im = 0;
      for (let j = 0; j < size; j++) {
        const entry = 2 * (i * size + j);
        re += small.data[entry]! * column[2 * j]! - small.data[entry + 1]! * column[2 * j + 1]!;
        im += small.data[entry]! * column[2 * j + 1]! + small.data[entry + 1]! * column[2 * j]!;
      }
      const to = 2 * (rows[i]! * cols + col);
      data[to] = re;
      data[to + 1] = im;
    }
  }
}

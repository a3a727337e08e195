import type { Circuit } from "./circuit.ts";
import type { ComplexMatrix } from "./complex-matrix.ts";
import type { Experiment } from "./experiment.ts";
import type { Parameter } from "./parameter.ts";

/** The three ways in which a beam splitter's matrix is written down; theta is the full angle, π/2 is balanced. */
export const conventions = ["Rx", "Ry", "H"] as const;
export type Convention = (typeof conventions)[number];

export interface BeamSplitter {
  readonly kind: "beam-splitter";
  readonly convention: Convention;
  readonly theta: Parameter;
  readonly phiTopLeft: Parameter;
  readonly phiBottomLeft: Parameter;
  readonly phiTopRight: Parameter;
  readonly phiBottomRight: Parameter;
}

export interface PhaseShifter {
  readonly kind: "phase-shifter";
  readonly phi: Parameter;
  /** Half the width of the interval that a random error of the phase is drawn from. */
  readonly maxError: Parameter;
}

/** The photon of the i-th mode leaves in mode `permutation[i]`, counted from the component's first. */
export interface Permutation {
  readonly kind: "permutation";
  readonly permutation: readonly number[];
}

export interface Unitary {
  readonly kind: "unitary";
  readonly matrix: ComplexMatrix;
  readonly name: string;
  /** Whether rows and columns are modes times polarizations. */
  readonly polarized: boolean;
}

export interface WavePlate {
  readonly kind: "wave-plate";
  /** Half of the phase between the axes; π/2 for a half-wave plate, π/4 for a quarter-wave plate. */
  readonly delta: Parameter;
  /** Angle of the optical axis. */
  readonly xsi: Parameter;
  /** How it is written: a half- or quarter-wave plate has no delta of its own. */
  readonly plate: "any" | "half" | "quarter";
}

export interface PolarizationRotator {
  readonly kind: "polarization-rotator";
  readonly delta: Parameter;
}

export interface PolarizedBeamSplitter {
  readonly kind: "polarized-beam-splitter";
}

/** Delays a mode by a whole number of periods of the source. */
export interface TimeDelay {
  readonly kind: "time-delay";
  readonly periods: Parameter;
}

/** Loses each photon with a probability. */
export interface LossChannel {
  readonly kind: "loss-channel";
  readonly loss: Parameter;
}

export interface Barrier {
  readonly kind: "barrier";
  /** Modes that it stands across; it does nothing to them. */
  readonly modes: number;
  readonly visible: boolean;
}

/** What both kinds of feed-forward have: where the measured modes stand, and where what they choose is placed. */
interface FeedForward {
  readonly name: string;
  /** Number of measured modes. */
  readonly measured: number;
  /** Modes between the measured ones and the chosen circuit: below for 0 and more, above for less. */
  readonly offset: number;
  readonly blockCircuitSize: boolean;
}

/** Chooses a circuit by what was measured; keys are Fock states of the measured modes. */
export interface FeedForwardCircuitProvider extends FeedForward {
  readonly kind: "feed-forward-circuit-provider";
  readonly defaultCircuit: Circuit | Experiment;
  readonly circuits: ReadonlyMap<string, Circuit | Experiment>;
}

/** Chooses the parameters of one circuit by what was measured. */
export interface FeedForwardConfigurator extends FeedForward {
  readonly kind: "feed-forward-configurator";
  readonly circuit: Circuit;
  readonly defaultValues: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export type Component =
  | BeamSplitter
  | PhaseShifter
  | Permutation
  | Unitary
  | WavePlate
  | PolarizationRotator
  | PolarizedBeamSplitter
  | TimeDelay
  | LossChannel
  | Barrier
  | FeedForwardCircuitProvider
  | FeedForwardConfigurator
  | Circuit;

/** A component, and the first of the modes it stands on. */
export interface Placed {
  readonly mode: number;
  readonly component: Component;
}

/** How many modes a component stands on. */
export function modesOf(component: Component): number {
  switch (component.kind) {
    case "beam-splitter":
    case "polarized-beam-splitter":
      return 2;
    case "permutation":
      return component.permutation.length;
    case "unitary":
      return component.polarized ? component.matrix.rows / 2 : component.matrix.rows;
    case "circuit":
    case "barrier":
      return component.modes;
    case "feed-forward-circuit-provider":
    case "feed-forward-configurator":
      return component.measured;
    default:
      return 1;
  }
}

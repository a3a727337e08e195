import type { ComplexMatrix } from "./complex-matrix.ts";

/** A component of a circuit: what it is and its parameters, angles in radians. */
export type Component =
  | {
      readonly kind: "beam-splitter";
      readonly convention: "Rx" | "Ry" | "H";
      readonly theta: number;
      readonly phases: readonly [topLeft: number, bottomLeft: number, topRight: number, bottomRight: number];
    }
  | { readonly kind: "phase-shifter"; readonly phi: number }
  | { readonly kind: "permutation"; readonly permutation: readonly number[] }
  | { readonly kind: "unitary"; readonly matrix: ComplexMatrix }
  | { readonly kind: "barrier" }
  | Circuit;

export interface Circuit {
  readonly kind: "circuit";
  readonly modes: number;
  readonly components: readonly { readonly mode: number; readonly component: Component }[];
}

export interface PhotonicJob {
  readonly command: string;
  readonly circuit: Circuit;
  readonly input: readonly number[];
  readonly minDetectedPhotons: number;
  readonly jobContext: unknown;
}

export interface SimulationResult {
  readonly results: ReadonlyMap<string, number>;
  readonly physicalPerf: number;
  readonly logicalPerf: number;
  readonly globalPerf: number;
}

import type { ComplexMatrix } from "./complex-matrix.ts";
import type {
  Barrier,
  BeamSplitter,
  Convention,
  LossChannel,
  Permutation,
  PhaseShifter,
  PolarizationRotator,
  PolarizedBeamSplitter,
  TimeDelay,
  Unitary,
  WavePlate,
} from "./component.ts";
import { formula, type Parameter, symbol, value } from "./parameter.ts";

/** A number, the name of a parameter, a formula over such names, or a parameter as it stands in a component. */
export type Setting = number | string | Parameter;

/** @throws {Malformed} `expression_*` for a text that is neither a name nor a formula */
export function parameter(setting: Setting): Parameter {
  if (typeof setting === "number") return value(setting);
  if (typeof setting !== "string") return setting;
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(setting) ? symbol(setting) : formula(setting);
}

export interface BeamSplitterOptions {
  readonly convention?: Convention;
  readonly phiTopLeft?: Setting;
  readonly phiBottomLeft?: Setting;
  readonly phiTopRight?: Setting;
  readonly phiBottomRight?: Setting;
}

/** Mixes two modes; balanced unless theta, the full angle, says otherwise. */
export function beamSplitter(theta: Setting = Math.PI / 2, options: BeamSplitterOptions = {}): BeamSplitter {
  return {
    kind: "beam-splitter",
    convention: options.convention ?? "Rx",
    theta: parameter(theta),
    phiTopLeft: parameter(options.phiTopLeft ?? 0),
    phiBottomLeft: parameter(options.phiBottomLeft ?? 0),
    phiTopRight: parameter(options.phiTopRight ?? 0),
    phiBottomRight: parameter(options.phiBottomRight ?? 0),
  };
}

export function phaseShifter(phi: Setting, maxError: Setting = 0): PhaseShifter {
  return { kind: "phase-shifter", phi: parameter(phi), maxError: parameter(maxError) };
}

/** The photon of the i-th mode leaves in mode `permutation[i]`. */
export function permutation(permutation: readonly number[]): Permutation {
  return { kind: "permutation", permutation };
}

export function unitary(
  matrix: ComplexMatrix,
  { name = "", polarized = false }: { readonly name?: string; readonly polarized?: boolean } = {},
): Unitary {
  return { kind: "unitary", matrix, name, polarized };
}

export function wavePlate(delta: Setting, xsi: Setting): WavePlate {
  return { kind: "wave-plate", plate: "any", delta: parameter(delta), xsi: parameter(xsi) };
}

export function halfWavePlate(xsi: Setting): WavePlate {
  return { kind: "wave-plate", plate: "half", delta: value(Math.PI / 2), xsi: parameter(xsi) };
}

export function quarterWavePlate(xsi: Setting): WavePlate {
  return { kind: "wave-plate", plate: "quarter", delta: value(Math.PI / 4), xsi: parameter(xsi) };
}

export function polarizationRotator(delta: Setting): PolarizationRotator {
  return { kind: "polarization-rotator", delta: parameter(delta) };
}

export function polarizedBeamSplitter(): PolarizedBeamSplitter {
  return { kind: "polarized-beam-splitter" };
}

/** Delays a mode by a number of periods of the source. */
export function timeDelay(periods: Setting): TimeDelay {
  return { kind: "time-delay", periods: parameter(periods) };
}

/** Loses each photon with a probability. */
export function lossChannel(loss: Setting): LossChannel {
  return { kind: "loss-channel", loss: parameter(loss) };
}

export function barrier(modes: number, visible = true): Barrier {
  return { kind: "barrier", modes, visible };
}

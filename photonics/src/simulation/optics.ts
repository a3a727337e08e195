import { type ComplexMatrix, identity, numberOf } from "../model/index.ts";
import { componentUnitary, isPolarizing, type Mixing, type Setting } from "./component-unitary.ts";
import { applyToRows, onBothPolarizations } from "./matrix-rows.ts";
import type { Placement } from "./placement.ts";
import { SimulationError } from "./simulation-error.ts";

/**
 * A circuit without feed-forward as one unitary matrix on more modes: loss goes to modes of its own, and a delay
 * ties the periods of the source together, each with modes of its own.
 */
export interface Optics {
  /** Modes of the circuit itself. */
  readonly modes: number;
  /** Two for each mode when polarization matters: H, then V. */
  readonly polarizations: 1 | 2;
  /** How many periods enter; each period's input is the same. */
  readonly periods: number;
  /** Columns are inputs: period, mode, polarization, then vacuum. Rows are wherever photons end. */
  readonly matrix: ComplexMatrix;
  /** The row where photons of each mode leave, in the last period; the next one is V where there are two. */
  readonly outputs: readonly number[];
}

/** Builds the optics. @throws {SimulationError} for a loss or delay that cannot be, or a matrix that is not unitary */
export function buildOptics(
  placements: readonly Placement[],
  modes: number,
  polarizedInput: boolean,
  setting: Setting,
): Optics {
  const polarizations =
    polarizedInput || placements.some(({ component }) => isMixing(component) && isPolarizing(component))
      ? 2
      : 1;
  const periods = 1 + longestDelay(placements, modes, setting);
  const extra = placements.reduce((sum, { component }) => {
    if (component.kind === "loss-channel") return sum + periods;
    return component.kind === "time-delay" ? sum + delayOf(component, setting) : sum;
  }, 0);
  const matrix = identity(polarizations * (periods * modes + extra));
  const steps = placements.map((placement) => stepOf(placement, polarizations, setting));
  const delayed = new Map<Step, number[]>();
  let vacuum = periods * modes;
  let wires: number[] = [];
  for (let period = 0; period < periods; period++) {
    wires = Array.from({ length: modes }, (_, mode) => period * modes + mode);
    for (const step of steps) {
      const on = step.modes.map((mode) => wires[mode]!);
      if (step.kind === "delay") {
        const queue = delayed.get(step) ?? [];
        delayed.set(step, queue);
        queue.push(...on);
        wires[step.modes[0]!] = queue.length > step.periods ? queue.shift()! : vacuum++;
        continue;
      }
      if (step.kind === "loss") on.push(vacuum++);
      const rows = polarizations === 1 ? on : on.flatMap((wire) => [2 * wire, 2 * wire + 1]);
      applyToRows(matrix, step.matrix, rows);
    }
  }
  return { modes, polarizations, periods, matrix, outputs: wires.map((wire) => wire * polarizations) };
}

/** What a component does, with its numbers known. */
type Step =
  | { readonly kind: "delay"; readonly modes: readonly number[]; readonly periods: number }
  | { readonly kind: "mix" | "loss"; readonly modes: readonly number[]; readonly matrix: ComplexMatrix };

function stepOf({ component, modes }: Placement, polarizations: 1 | 2, setting: Setting): Step {
  if (component.kind === "time-delay") return { kind: "delay", modes, periods: delayOf(component, setting) };
  const wide = (matrix: ComplexMatrix) => (polarizations === 1 ? matrix : onBothPolarizations(matrix));
  if (component.kind === "loss-channel") {
    const loss = numberOf(component.loss, setting.assignment);
    if (!(loss >= 0 && loss <= 1)) {
      throw new SimulationError(
        "loss",
        `A loss channel on mode ${modes[0]} has the loss ${loss}: it must be from 0 to 1.`,
      );
    }
    return { kind: "loss", modes, matrix: wide(lossMatrix(loss)) };
  }
  if (!isMixing(component)) throw new Error(`${component.kind} is not optics`);
  const matrix = componentUnitary(component, setting);
  return { kind: "mix", modes, matrix: isPolarizing(component) ? matrix : wide(matrix) };
}

/** A beam splitter to a mode that nobody looks at. */
function lossMatrix(loss: number): ComplexMatrix {
  const kept = Math.sqrt(1 - loss);
  const lost = Math.sqrt(loss);
  return { rows: 2, cols: 2, data: Float64Array.of(kept, 0, lost, 0, lost, 0, -kept, 0) };
}

function isMixing(component: Placement["component"]): component is Mixing {
  switch (component.kind) {
    case "time-delay":
    case "loss-channel":
    case "feed-forward-circuit-provider":
    case "feed-forward-configurator":
      return false;
    default:
      return true;
  }
}

function delayOf(component: { periods: Parameters<typeof numberOf>[0] }, { assignment }: Setting): number {
  const periods = numberOf(component.periods, assignment);
  if (!Number.isInteger(periods) || periods < 0 || periods > 64) {
    throw new SimulationError(
      "delay",
      `A time delay of ${periods} periods cannot be simulated: it must be a whole number from 0 to 64.`,
    );
  }
  return periods;
}

/** The most periods that a photon can spend in delays on its way. */
function longestDelay(placements: readonly Placement[], modes: number, setting: Setting): number {
  const spent = new Array<number>(modes).fill(0);
  for (const { component, modes: on } of placements) {
    if (component.kind === "time-delay") spent[on[0]!]! += delayOf(component, setting);
    else {
      const longest = Math.max(...on.map((mode) => spent[mode]!));
      for (const mode of on) spent[mode] = longest;
    }
  }
  return Math.max(0, ...spent);
}

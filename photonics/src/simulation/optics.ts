import { type ComplexMatrix, identity, numberOf, type Placed } from "../model/index.ts";
import {
  applyToRows,
  componentUnitary,
  isPolarizing,
  type Mixing,
  onBothPolarizations,
  type Setting,
} from "./component-unitary.ts";
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

/** The components with circuits within circuits unfolded; barriers do nothing. */
export function flatten(components: readonly Placed[], offset = 0): Placed[] {
  return components.flatMap(({ mode, component }) => {
    if (component.kind === "barrier") return [];
    if (component.kind === "circuit") return flatten(component.components, offset + mode);
    return [{ mode: offset + mode, component }];
  });
}

/** Builds the optics of flattened components. @throws {SimulationError} for a delay that is no whole number of periods */
export function buildOptics(
  components: readonly Placed[],
  modes: number,
  polarizedInput: boolean,
  setting: Setting,
): Optics {
  const polarizations =
    polarizedInput || components.some(({ component }) => isMixing(component) && isPolarizing(component))
      ? 2
      : 1;
  const periods = 1 + longestDelay(components, modes, setting);
  const extra = components.reduce((sum, { component }) => {
    if (component.kind === "loss-channel") return sum + periods;
    return component.kind === "time-delay" ? sum + delayOf(component, setting) : sum;
  }, 0);
  const size = polarizations * (periods * modes + extra);
  const matrix = identity(size);
  const delayed = new Map<Placed, number[]>();
  let vacuum = periods * modes;
  let wires: number[] = [];
  for (let period = 0; period < periods; period++) {
    wires = Array.from({ length: modes }, (_, mode) => period * modes + mode);
    for (const placed of components) {
      const { mode, component } = placed;
      if (component.kind === "time-delay") {
        const queue = delayed.get(placed) ?? [];
        delayed.set(placed, queue);
        queue.push(wires[mode]!);
        wires[mode] = queue.length > delayOf(component, setting) ? queue.shift()! : vacuum++;
      } else if (component.kind === "loss-channel") {
        const loss = numberOf(component.loss, setting.assignment);
        if (!(loss >= 0 && loss <= 1))
          throw new SimulationError(
            "loss",
            `A loss channel on mode ${mode} has the loss ${loss}: it must be from 0 to 1.`,
          );
        applyMatrix(matrix, polarizations, lossMatrix(loss), false, [wires[mode]!, vacuum++]);
      } else if (isMixing(component)) {
        const small = componentUnitary(component, setting);
        const polarizing = isPolarizing(component);
        const on = wires.slice(mode, mode + (polarizing ? small.rows / 2 : small.rows));
        applyMatrix(matrix, polarizations, small, polarizing, on);
      }
    }
  }
  return { modes, polarizations, periods, matrix, outputs: wires.map((wire) => wire * polarizations) };
}

function applyMatrix(
  matrix: ComplexMatrix,
  polarizations: 1 | 2,
  small: ComplexMatrix,
  polarizing: boolean,
  wires: readonly number[],
): void {
  if (polarizations === 1) {
    applyToRows(matrix, small, wires);
    return;
  }
  applyToRows(
    matrix,
    polarizing ? small : onBothPolarizations(small),
    wires.flatMap((wire) => [2 * wire, 2 * wire + 1]),
  );
}

/** A beam splitter to a mode that nobody looks at. */
function lossMatrix(loss: number): ComplexMatrix {
  const kept = Math.sqrt(1 - loss);
  const lost = Math.sqrt(loss);
  return { rows: 2, cols: 2, data: Float64Array.of(kept, 0, lost, 0, lost, 0, -kept, 0) };
}

function isMixing(component: Placed["component"]): component is Mixing {
  switch (component.kind) {
    case "circuit":
    case "time-delay":
    case "loss-channel":
    case "barrier":
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
function longestDelay(components: readonly Placed[], modes: number, setting: Setting): number {
  const spent = new Array<number>(modes).fill(0);
  for (const { mode, component } of components) {
    if (component.kind === "time-delay") spent[mode]! += delayOf(component, setting);
    else if (isMixing(component)) {
      const rows = componentUnitary(component, setting).rows / (isPolarizing(component) ? 2 : 1);
      const longest = Math.max(...spent.slice(mode, mode + rows));
      spent.fill(longest, mode, mode + rows);
    }
  }
  return Math.max(0, ...spent);
}

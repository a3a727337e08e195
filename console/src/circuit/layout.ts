import {
  type Circuit,
  type Component,
  chosenModes,
  isFeedForward,
  modesOf,
  type Placed,
} from "@corbenic/photonics/model";
import { widthOf } from "./widths.ts";

/** A component with its place: modes from the top, x and width in units of one mode's spacing. */
export interface Drawn {
  /** The component's place in the circuit, such as `2.0.1`: index by index from the outermost. */
  readonly key: string;
  readonly component: Component;
  readonly mode: number;
  readonly modes: number;
  readonly x: number;
  readonly width: number;
  /** For feed-forward: the modes on which the chosen circuit stands. */
  readonly chosen?: { readonly mode: number; readonly modes: number };
}

/** A nested circuit that is shown with what is in it. */
export interface Frame {
  readonly key: string;
  readonly name: string;
  readonly mode: number;
  readonly modes: number;
  readonly x: number;
  readonly width: number;
}

export interface Layout {
  readonly modes: number;
  readonly width: number;
  readonly drawn: readonly Drawn[];
  readonly frames: readonly Frame[];
}

const frameMargin = 0.35;

/**
 * Lays components out from left to right, each as far left as its modes allow.
 * @param unfolded keys of the nested circuits to show with their contents
 * @param spacing pixels between two modes: the less there are, the wider a label is in this unit
 */
export function layOut(
  modes: number,
  components: readonly Placed[],
  unfolded: ReadonlySet<string>,
  spacing: number,
): Layout {
  const ends = new Float64Array(modes);
  const drawn: Drawn[] = [];
  const frames: Frame[] = [];

  /** The first x at which these modes are all free. */
  const freeFrom = (mode: number, count: number) => Math.max(...ends.subarray(mode, mode + count));
  const occupy = (mode: number, count: number, until: number) => ends.fill(until, mode, mode + count);

  function place({ mode: at, component }: Placed, offset: number, key: string): void {
    const mode = offset + at;
    if (component.kind === "circuit" && unfolded.has(key)) {
      unfold(component, mode, key);
      return;
    }
    const chosen = isFeedForward(component) ? placeOf(chosenModes(component, mode)) : undefined;
    const first = Math.min(mode, chosen?.mode ?? mode);
    const last = Math.max(mode + modesOf(component), chosen === undefined ? 0 : chosen.mode + chosen.modes);
    const x = freeFrom(first, last - first);
    const width = widthOf(component, spacing);
    drawn.push({ key, component, mode, modes: modesOf(component), x, width, ...(chosen && { chosen }) });
    occupy(first, last - first, x + width);
  }

  function unfold(circuit: Circuit, mode: number, key: string): void {
    const x = freeFrom(mode, circuit.modes);
    occupy(mode, circuit.modes, x + frameMargin);
    circuit.components.forEach((each, i) => {
      place(each, mode, `${key}.${i}`);
    });
    const end = freeFrom(mode, circuit.modes) + frameMargin;
    frames.push({ key, name: circuit.name, mode, modes: circuit.modes, x, width: end - x });
    occupy(mode, circuit.modes, end);
  }

  components.forEach((each, i) => {
    place(each, 0, String(i));
  });
  return { modes, width: modes === 0 ? 0 : Math.max(...ends), drawn, frames };
}

/** Keys of the nested circuits that are small enough to be shown unfolded at first. */
export function unfoldedAtFirst(components: readonly Placed[], most = 60): Set<string> {
  const keys = new Set<string>();
  let shown = 0;
  const visit = (each: Placed, key: string) => {
    if (each.component.kind !== "circuit") return;
    const { components: inner } = each.component;
    if (shown + inner.length > most) return;
    shown += inner.length;
    keys.add(key);
    inner.forEach((nested, i) => {
      visit(nested, `${key}.${i}`);
    });
  };
  components.forEach((each, i) => {
    visit(each, String(i));
  });
  return keys;
}

function placeOf({ first, size }: ReturnType<typeof chosenModes>): { mode: number; modes: number } {
  return { mode: first, modes: size };
}

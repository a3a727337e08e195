import { type FockState, parseFockState, printFockState } from "@corbenic/photonics/model";

/** A state of the output, with its probability or count. */
export interface Outcome {
  /** As it is written, such as `|2,0>`. */
  readonly text: string;
  readonly state: FockState;
  readonly value: number;
}

/** From each output state, as it is written, to its probability or, where states were counted, to its count. */
export class Distribution extends Map<string, number> {
  /** The value of a state, written or as photon counts; 0 for a state that is not there. */
  of(state: FockState | string): number {
    return this.get(typeof state === "string" ? state : printFockState(state)) ?? 0;
  }

  /** The sum of all values. */
  get total(): number {
    let total = 0;
    for (const value of this.values()) total += value;
    return total;
  }

  /** A state's share of all: its probability, also where states were counted. */
  probabilityOf(state: FockState | string): number {
    const { total } = this;
    return total === 0 ? 0 : this.of(state) / total;
  }

  /** The outcomes, the likeliest first; equal ones in the order of their text. */
  ranked(most = Number.POSITIVE_INFINITY): Outcome[] {
    return [...this]
      .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
      .slice(0, most)
      .map(([text, value]) => ({ text, state: parseFockState(text), value }));
  }
}

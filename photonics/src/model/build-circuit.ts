import type { Circuit } from "./circuit.ts";
import { type Component, modesOf, type Placed } from "./component.ts";

/** An empty circuit on a number of modes: `circuit(2).add(0, beamSplitter()).add(1, phaseShifter(0.3))`. */
export function circuit(modes: number, name = ""): CircuitBuilder {
  return new CircuitBuilder(modes, name);
}

/** A circuit that grows; it is a circuit at any time. */
export class CircuitBuilder implements Circuit {
  readonly kind = "circuit";
  readonly name: string;
  readonly modes: number;
  readonly components: Placed[] = [];

  constructor(modes: number, name: string) {
    this.modes = modes;
    this.name = name;
  }

  /** Puts a component behind those that are there. @throws {RangeError} where it would stand outside of the modes */
  add(mode: number, component: Component): this {
    const last = mode + modesOf(component) - 1;
    if (!Number.isInteger(mode) || mode < 0 || last >= this.modes) {
      throw new RangeError(
        `Cannot put a ${component.kind} on modes ${mode} to ${last}: the circuit has modes 0 to ${this.modes - 1}.`,
      );
    }
    this.components.push({ mode, component });
    return this;
  }
}

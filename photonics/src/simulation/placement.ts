import { type Circuit, type Component, modesOf, type Placed } from "../model/index.ts";

/** A component with the modes that it stands on, in an experiment without circuits within circuits. */
export interface Placement {
  readonly component: Exclude<Component, Circuit | { kind: "barrier" }>;
  readonly modes: readonly number[];
  /** The modes of the circuit that it belongs to, and at which of them it begins. */
  readonly onto: readonly number[];
  readonly at: number;
}

/** Components of a circuit that stands on the given modes, unfolded; barriers do nothing. */
export function place(components: readonly Placed[], onto: readonly number[]): Placement[] {
  return components.flatMap(({ mode, component }): Placement[] => {
    if (component.kind === "barrier") return [];
    const modes = onto.slice(mode, mode + modesOf(component));
    if (component.kind === "circuit") return place(component.components, modes);
    return [{ component, modes, onto, at: mode }];
  });
}

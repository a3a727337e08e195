import type { Circuit, Component, Experiment, FeedForward, Placed } from "../model/index.ts";

/** A circuit that may be put in place, and what must have been measured for that. */
export interface Choice {
  /** Photon counts as the model writes them, such as "1,0"; undefined for whatever no other choice lists. */
  readonly measured: string | undefined;
  readonly chosen: Circuit | Experiment;
}

export function choicesOf(component: FeedForward): Choice[] {
  if (component.kind === "feed-forward-circuit-provider") {
    return [
      ...[...component.circuits].map(([measured, chosen]) => ({ measured, chosen })),
      { measured: undefined, chosen: component.defaultCircuit },
    ];
  }
  const { circuit, values, defaultValues } = component;
  return [
    ...[...values].map(([measured, fixed]) => ({ measured, chosen: assigned(circuit, fixed) })),
    { measured: undefined, chosen: assigned(circuit, defaultValues) },
  ];
}

/** The circuit with the parameters fixed that a configuration names. */
function assigned(circuit: Circuit, values: ReadonlyMap<string, number>): Circuit {
  return { ...circuit, components: circuit.components.map((placed) => assignedTo(placed, values)) };
}

function assignedTo({ mode, component }: Placed, values: ReadonlyMap<string, number>): Placed {
  if (component.kind === "circuit") return { mode, component: assigned(component, values) };
  const entries = Object.entries(component).map(([key, part]) => [key, fixed(part, values)]);
  return { mode, component: Object.fromEntries(entries) as Component };
}

/** A named parameter becomes its value, a formula learns it; everything else stays. */
function fixed<T>(part: T, values: ReadonlyMap<string, number>): T {
  if (typeof part !== "object" || part === null || !("kind" in part)) return part;
  if ((part.kind === "symbol" || part.kind === "value") && "name" in part) {
    const known = values.get(part.name as string);
    return known === undefined ? part : ({ kind: "value", value: known } as T);
  }
  if (part.kind === "expression" && "values" in part) {
    return { ...part, values: new Map([...(part.values as Map<string, number>), ...values]) };
  }
  return part;
}

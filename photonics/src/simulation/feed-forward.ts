import type {
  Circuit,
  Experiment,
  FeedForwardCircuitProvider,
  FeedForwardConfigurator,
  Placed,
} from "../model/index.ts";
import { add, type Distribution } from "./distribution.ts";
import { flatten } from "./optics.ts";
import { SimulationError } from "./simulation-error.ts";

type FeedForward = FeedForwardCircuitProvider | FeedForwardConfigurator;

/**
 * The distribution of an experiment in which measured modes choose what later photons pass: for each choice, the
 * experiment with that circuit in place, of which the events count that measured what leads to it. What was measured
 * is not touched any more, so it can be read off the end.
 *
 * @param run computes the distribution of components without feed-forward
 */
export function withFeedForward(
  components: readonly Placed[],
  run: (components: readonly Placed[]) => Distribution,
): Distribution {
  const index = components.findIndex(({ component }) => isFeedForward(component));
  const placed = components[index];
  if (placed === undefined || !isFeedForward(placed.component)) return run(components);
  const { component, mode } = placed;
  const first = firstModeOf(component, mode);
  const choices = choicesOf(component);
  const listed = new Set(choices.flatMap(({ measured }) => measured));
  const result: Distribution = new Map();
  for (const { measured, parts } of choices) {
    const chosen = flatten(parts, first);
    const distribution = withFeedForward(
      [...components.slice(0, index), ...chosen, ...components.slice(index + 1)],
      run,
    );
    const wanted = new Set(measured);
    for (const [key, probability] of distribution) {
      const state = key.slice(mode, mode + component.measured);
      if (measured.length > 0 ? wanted.has(state) : !listed.has(state)) add(result, key, probability);
    }
  }
  return result;
}

export function isFeedForward(component: Placed["component"]): component is FeedForward {
  return component.kind === "feed-forward-circuit-provider" || component.kind === "feed-forward-configurator";
}

interface Choice {
  /** The states that lead to it, as keys; none for the default. */
  readonly measured: readonly string[];
  readonly parts: readonly Placed[];
}

function choicesOf(component: FeedForward): Choice[] {
  const keyOfText = (text: string) => String.fromCharCode(...text.split(",").map(Number));
  if (component.kind === "feed-forward-circuit-provider") {
    return [
      ...[...component.circuits].map(([state, circuit]) => ({
        measured: [keyOfText(state)],
        parts: partsOf(circuit),
      })),
      { measured: [], parts: partsOf(component.defaultCircuit) },
    ];
  }
  return [
    ...[...component.values].map(([state, values]) => ({
      measured: [keyOfText(state)],
      parts: assign(component.circuit, values),
    })),
    { measured: [], parts: assign(component.circuit, component.defaultValues) },
  ];
}

function partsOf(circuit: Circuit | Experiment): readonly Placed[] {
  if (
    circuit.kind === "experiment" &&
    (circuit.inputPorts.size > 0 || circuit.outputPorts.size > 0 || circuit.detectors.size > 0)
  ) {
    const special = [...circuit.inputPorts.values(), ...circuit.outputPorts.values()].some(
      ({ kind }) => kind === "herald",
    );
    if (special || circuit.detectors.size > 0) {
      throw new SimulationError(
        "feed_forward_experiment",
        `The feed-forward choice "${circuit.name}" has heralds or detectors of its own: put them into the surrounding experiment.`,
      );
    }
  }
  return circuit.components;
}

/** Fixes the parameters that a configuration names. */
function assign(circuit: Circuit, values: ReadonlyMap<string, number>): Placed[] {
  const fix = <T>(entry: T): T => {
    if (typeof entry !== "object" || entry === null) return entry;
    const known =
      "kind" in entry && (entry.kind === "symbol" || entry.kind === "value") && "name" in entry
        ? values.get(entry.name as string)
        : undefined;
    if (known !== undefined) return { kind: "value", value: known } as T;
    if ("kind" in entry && entry.kind === "expression" && "values" in entry) {
      return { ...entry, values: new Map([...(entry.values as Map<string, number>), ...values]) };
    }
    return entry;
  };
  return flatten(circuit.components).map(({ mode, component }) => ({
    mode,
    component: Object.fromEntries(
      Object.entries(component).map(([key, part]) => [key, fix(part)]),
    ) as unknown as Placed["component"],
  }));
}

/** Where the chosen circuit begins: below the measured modes, or above them when the offset is negative. */
function firstModeOf(component: FeedForward, mode: number): number {
  if (component.offset >= 0) return mode + component.measured + component.offset;
  const sizes =
    component.kind === "feed-forward-configurator"
      ? [component.circuit.modes]
      : [component.defaultCircuit.modes, ...[...component.circuits.values()].map(({ modes }) => modes)];
  return mode + component.offset - Math.max(...sizes) + 1;
}

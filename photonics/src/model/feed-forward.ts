import type { Circuit } from "./circuit.ts";
import type { Component, FeedForwardCircuitProvider, FeedForwardConfigurator } from "./component.ts";
import type { Experiment } from "./experiment.ts";

/** A component that measures some modes and chooses by it what happens to others. */
export type FeedForward = FeedForwardCircuitProvider | FeedForwardConfigurator;

export function isFeedForward(component: Component): component is FeedForward {
  return component.kind === "feed-forward-circuit-provider" || component.kind === "feed-forward-configurator";
}

/** How many of the modes that are there a choice needs: an experiment brings those of its heralds with it. */
export function chosenSize(chosen: Circuit | Experiment): number {
  if (chosen.kind === "circuit") return chosen.modes;
  return chosen.modes - [...chosen.outputPorts.values()].filter(({ kind }) => kind === "herald").length;
}

/** The modes on which choices are placed: below the measured ones, or above them when the offset is negative. */
export function chosenModes(
  component: FeedForward,
  mode: number,
): { readonly first: number; readonly size: number } {
  const size =
    component.kind === "feed-forward-configurator"
      ? component.circuit.modes
      : [...component.circuits.values()].reduce(
          (largest, chosen) => Math.max(largest, chosenSize(chosen)),
          chosenSize(component.defaultCircuit),
        );
  const { measured, offset } = component;
  return { first: offset >= 0 ? mode + measured + offset : mode + offset - size + 1, size };
}

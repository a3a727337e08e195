import { isFeedForward } from "../model/index.ts";
import { addTo, type Distribution, emptyDistribution, forEachEntry, photonsMaxOf } from "./distribution.ts";
import { type Branch, ownPartsOf } from "./feed-forward-branch.ts";
import { choicesOf } from "./feed-forward-choices.ts";
import type { Placement } from "./placement.ts";
import { SimulationError } from "./simulation-error.ts";
import { partOf, type Watch } from "./watch.ts";

/**
 * The distribution of an experiment in which measured modes choose what later photons pass: for each choice, the
 * experiment with that circuit in place, of which the events count that measured what leads to it. What was measured
 * is not touched any more, so it can be read off the end.
 *
 * @param modes of the experiment
 * @param run computes the distribution of a branch over its modes and its own ones
 */
export function withFeedForward(
  branch: Branch,
  modes: number,
  run: (branch: Branch, watch: Watch) => Distribution,
  watch: Watch,
): Distribution {
  const { placements, ownModes } = branch;
  const index = placements.findIndex(({ component }) => isFeedForward(component));
  const placement = placements[index];
  if (placement === undefined || !isFeedForward(placement.component)) return run(branch, watch);
  const { component } = placement;
  if (placements.some(({ component: { kind } }) => kind === "time-delay")) {
    throw new SimulationError(
      "feed_forward_delay",
      "A circuit with both time delays and feed-forward cannot be simulated: what is chosen for one period would act on another.",
    );
  }
  const measuredAt = followed(placement.modes, placements.slice(index + 1));
  const choices = choicesOf(component);
  const listed = new Set(choices.map(({ measured }) => measured));
  let result: Distribution | undefined;
  for (const [i, { measured, chosen }] of choices.entries()) {
    const own = ownPartsOf(chosen, placement, component, modes + ownModes.length);
    const distribution = withFeedForward(
      {
        placements: [...placements.slice(0, index), ...own.placements, ...placements.slice(index + 1)],
        ownModes: [...ownModes, ...own.ownModes],
      },
      modes,
      run,
      partOf(watch, i / choices.length, (i + 1) / choices.length),
    );
    result ??= emptyDistribution(modes + ownModes.length, 0);
    result = withEvents(result, distribution, watch, (counts) => {
      const seen = measuredAt.map((mode) => counts[mode]!).join();
      return (measured === undefined ? !listed.has(seen) : seen === measured) && own.isKept(counts);
    });
  }
  return result!;
}

/** Adds the events that count, without the modes that `to` does not have. */
function withEvents(
  to: Distribution,
  from: Distribution,
  watch: Watch,
  counts: (state: Uint16Array) => boolean,
): Distribution {
  const { modes } = to.order;
  const photonsMax = Math.max(photonsMaxOf(to), photonsMaxOf(from));
  const result = emptyDistribution(modes, photonsMax);
  for (const [photons, layer] of to.layers.entries()) result.layers[photons] = layer;
  forEachEntry(from, watch, (state, photons, probability) => {
    if (!counts(state)) return;
    let left = photons;
    for (let mode = modes; mode < state.length; mode++) left -= state[mode]!;
    addTo(result, state.subarray(0, modes), left, probability);
  });
  return result;
}

/** Where measured modes end: later permutations may move them, nothing else may touch them. */
function followed(modes: readonly number[], later: readonly Placement[]): readonly number[] {
  let now = modes;
  for (const { component, modes: on } of later) {
    if (isFeedForward(component) || !on.some((mode) => now.includes(mode))) continue;
    if (component.kind !== "permutation") {
      throw new SimulationError(
        "feed_forward_measured",
        `A ${component.kind} stands on mode ${on.find((mode) => now.includes(mode))} after it was measured: measured modes can only be measured again.`,
      );
    }
    const { permutation } = component;
    now = now.map((mode) => (on.includes(mode) ? on[permutation[on.indexOf(mode)]!]! : mode));
  }
  return now;
}

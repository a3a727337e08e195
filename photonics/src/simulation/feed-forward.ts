import {
  type Circuit,
  chosenModes,
  chosenSize,
  type Detector,
  type Experiment,
  type FeedForward,
  fulfils,
  heraldsOf,
  isFeedForward,
  type PostSelection,
} from "../model/index.ts";
import { addTo, type Distribution, emptyDistribution, forEachEntry, photonsMaxOf } from "./distribution.ts";
import { choicesOf } from "./feed-forward-choices.ts";
import { type Placement, place } from "./placement.ts";
import { SimulationError } from "./simulation-error.ts";
import { partOf, type Watch } from "./watch.ts";

/** A mode that a chosen experiment brings with it: the photons that enter it and must leave it, and what counts them. */
export interface OwnMode {
  readonly photons: number;
  readonly detector: Detector | undefined;
}

/** An experiment in which every measurement has led to something. */
export interface Branch {
  readonly placements: readonly Placement[];
  /** They stand behind the modes of the experiment. */
  readonly ownModes: readonly OwnMode[];
}

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

interface OwnParts extends Branch {
  readonly isKept: (counts: Uint16Array) => boolean;
}

/** What a choice puts in place. Its heralded modes stand behind all others, and its own conditions hold. */
function ownPartsOf(
  chosen: Circuit | Experiment,
  { onto, at }: Placement,
  component: FeedForward,
  firstOwn: number,
): OwnParts {
  const { first } = chosenModes(component, at);
  const size = chosenSize(chosen);
  const open = onto.slice(Math.max(0, first), first + size);
  if (first < 0 || open.length < size) {
    throw new SimulationError(
      "feed_forward_modes",
      `The feed-forward "${component.name}" puts a circuit on modes ${first} to ${first + size - 1}, but the experiment has modes 0 to ${onto.length - 1}.`,
    );
  }
  if (chosen.kind === "circuit") {
    return { placements: place(chosen.components, open), ownModes: [], isKept: () => true };
  }
  const heralds = heraldsOf(chosen.outputPorts);
  requireSame(heralds, heraldsOf(chosen.inputPorts), chosen.name);
  const free = open.values();
  const own: number[] = [];
  const all = Array.from({ length: chosen.modes }, (_, mode) => {
    if (!heralds.has(mode)) return free.next().value!;
    own.push(mode);
    return firstOwn + own.length - 1;
  });
  const ownModes = own.map((mode) => ({ photons: heralds.get(mode)!, detector: chosen.detectors.get(mode) }));
  return {
    placements: place(chosen.components, all),
    ownModes,
    isKept: (counts) =>
      ownModes.every(({ photons }, i) => counts[firstOwn + i] === photons) &&
      (chosen.postSelection === undefined || holds(chosen.postSelection, all, counts)),
  };
}

function holds(condition: PostSelection, modes: readonly number[], counts: Uint16Array): boolean {
  return fulfils(
    condition,
    modes.map((mode) => counts[mode]!),
  );
}

function requireSame(
  leaving: ReadonlyMap<number, number>,
  entering: ReadonlyMap<number, number>,
  name: string,
): void {
  const same =
    leaving.size === entering.size && [...leaving].every(([mode, photons]) => entering.get(mode) === photons);
  if (same) return;
  throw new SimulationError(
    "feed_forward_heralds",
    `The feed-forward choice "${name}" has heralds on one side only: give them on both sides, with the same photons.`,
  );
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

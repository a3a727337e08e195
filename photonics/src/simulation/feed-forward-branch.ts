import {
  type Circuit,
  chosenModes,
  chosenSize,
  type Detector,
  type Experiment,
  type FeedForward,
  fulfils,
  heraldsOf,
  type PostSelection,
} from "../model/index.ts";
import { type Placement, place } from "./placement.ts";
import { SimulationError } from "./simulation-error.ts";

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

/** What a choice adds to a branch, and which of its events count. */
export interface OwnParts extends Branch {
  readonly isKept: (counts: Uint16Array) => boolean;
}

/** What a choice puts in place. Its heralded modes stand behind all others, and its own conditions hold. */
export function ownPartsOf(
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

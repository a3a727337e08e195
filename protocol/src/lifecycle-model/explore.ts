import { isTerminal } from "../job-state.ts";
import { invariants } from "./invariants.ts";
import type { Move, Setting } from "./move.ts";
import type { Rule } from "./rules.ts";
import { stepsFrom } from "./steps.ts";
import { beginning, keyOf, type Size, type World } from "./world.ts";

export interface Violation {
  readonly id: string;
  readonly says: string;
  /** What happened, from the submission on; no shorter history breaks an invariant. */
  readonly history: readonly string[];
}

export interface Exploration {
  readonly states: number;
  readonly steps: number;
  readonly violation: Violation | undefined;
  /** Worlds from which no terminal state can be reached any more. */
  readonly stuck: number;
  /** Each kind of move that was made, as `transition: state by actor`. */
  readonly moves: ReadonlySet<string>;
}

export interface ExploreOptions {
  /** A rule to leave out. */
  readonly without?: Rule;
  /** Also counts worlds that cannot end; needs memory for every step. */
  readonly findStuck?: boolean;
}

/** Visits every world that can come about, breadth first, and stops at the first that breaks an invariant. */
export function explore(size: Size, { without, findStuck = false }: ExploreOptions = {}): Exploration {
  const setting: Setting = { size, obeys: (rule) => rule !== without };
  const moves = new Set<string>();
  const first = beginning(size);
  const known = new Map([[keyOf(first), 0]]);
  const parents = [-1];
  const ends: number[] = [];
  const edges: [from: number[], to: number[]] = [[], []];
  let steps = 0;
  let index = 0;
  for (let frontier = [first]; frontier.length > 0; ) {
    const following: World[] = [];
    for (const world of frontier) {
      if (world.state !== null && isTerminal(world.state)) ends.push(index);
      for (const { next, move } of stepsFrom(world, setting)) {
        steps += 1;
        if (move !== undefined) moves.add(nameOf(move));
        const broken = invariants.find(({ holds }) => !holds(next, world, size));
        if (broken !== undefined) {
          const history = retrace([...trail(known, parents, index), keyOf(next)], setting);
          const violation = { id: broken.id, says: broken.says, history };
          return { states: known.size, steps, violation, stuck: 0, moves };
        }
        const key = keyOf(next);
        let found = known.get(key);
        if (found === undefined) {
          found = known.size;
          known.set(key, found);
          parents.push(index);
          following.push(next);
        }
        if (findStuck) {
          edges[0].push(index);
          edges[1].push(found);
        }
      }
      index += 1;
    }
    frontier = following;
  }
  const stuck = findStuck ? countStuck(known.size, edges, ends) : 0;
  return { states: known.size, steps, violation: undefined, stuck, moves };
}

export function nameOf({ transition, from, actor }: Move): string {
  return `${transition}: ${from ?? "nothing"} by ${actor}`;
}

/** The keys of the worlds that led to this one. */
function trail(known: ReadonlyMap<string, number>, parents: readonly number[], last: number): string[] {
  const keys = [...known.keys()];
  const path: string[] = [];
  for (let index = last; index >= 0; index = parents[index]!) path.unshift(keys[index]!);
  return path;
}

/** Follows the keys from the beginning and says what happened between them. */
function retrace([first, ...keys]: readonly string[], setting: Setting): string[] {
  let world = beginning(setting.size);
  if (keyOf(world) !== first) throw new Error("a history must begin at the beginning");
  return keys.map((key) => {
    const step = stepsFrom(world, setting).find(({ next }) => keyOf(next) === key)!;
    world = step.next;
    return step.says;
  });
}

/** Walks the steps backwards from the terminal worlds, and counts those not met. */
function countStuck(
  states: number,
  [from, to]: readonly [number[], number[]],
  ends: readonly number[],
): number {
  const offsets = new Uint32Array(states + 1);
  for (const target of to) offsets[target + 1]! += 1;
  for (let i = 0; i < states; i++) offsets[i + 1]! += offsets[i]!;
  const cursor = offsets.slice();
  const sources = new Uint32Array(to.length);
  for (const [edge, target] of to.entries()) sources[cursor[target]!++] = from[edge]!;
  const ending = new Uint8Array(states);
  const open = [...ends];
  for (const index of ends) ending[index] = 1;
  let met = ends.length;
  for (let target = open.pop(); target !== undefined; target = open.pop()) {
    for (let edge = offsets[target]!; edge < offsets[target + 1]!; edge++) {
      const source = sources[edge]!;
      if (ending[source] === 1) continue;
      ending[source] = 1;
      met += 1;
      open.push(source);
    }
  }
  return states - met;
}

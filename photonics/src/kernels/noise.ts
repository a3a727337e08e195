import { checkStopped, type Watch } from "../simulation/watch.ts";
import { type Engine, releaseArena } from "./arena.ts";
import { createNoiseMemory, type Layers, type NoiseMemory, type Weighted } from "./noise-layers.ts";
import type { NoisePlan, NoisyGroup } from "./noise-plan.ts";

/**
 * Exact probabilities of photons of which some interfere and others do not, with loss:
 *
 *   Σ over the interfering photons k of each group: |interference of k|² · ∏ (Σₐ chances[k][a]·waysᵃ) / k!
 *
 * summed group by group in the manner of W. G. Horner, so that the photons of a group that interfere with none are
 * multiplied once for all that follows, and each interference grows from that of one photon less.
 *
 * @returns of each number of photons up to the plan's most the probabilities of its states in descending order
 */
export function noisyProbabilities(
  plan: NoisePlan,
  watch: Watch = {},
  engine: Engine = "wasm",
): Float64Array[] {
  const { groups } = plan;
  const memory = createNoiseMemory(plan, engine);
  const leaves = groups.reduce((count, { chances }) => count * chances.filter(isPossible).length, 1);
  let done = 0;

  const sumFrom = (depth: number, interfering: number, at: number): Layers => {
    const group = groups[depth];
    if (group === undefined) {
      checkStopped(watch);
      watch.onProgress?.(++done / leaves, "interference");
      return memory.square(interfering, at);
    }
    const children: Child[] = [];
    let norm = 1;
    for (const [k, chances] of group.chances.entries()) {
      if (interfering + k > plan.interferingMax) break;
      if (k > 0) {
        memory.grow(group.column, interfering + k);
        norm /= k;
      }
      if (!isPossible(chances)) continue;
      const layers = sumFrom(depth + 1, interfering + k, memory.pool[depth + 1]![k]!);
      children.push({ layers, chances, norm });
    }
    return join(memory, group, children, at, watch);
  };

  try {
    return memory.read(sumFrom(0, 0, memory.pool[0]![0]!));
  } finally {
    releaseArena(memory.arena);
  }
}

interface Child {
  readonly layers: Layers;
  readonly chances: readonly number[];
  readonly norm: number;
}

/** Σ over children and a: chances[a] · norm · waysᵃ · child. */
function join(
  memory: NoiseMemory,
  group: NoisyGroup,
  children: readonly Child[],
  at: number,
  watch: Watch,
): Layers {
  if (children.length === 0) return { at, lo: 0, hi: -1 };
  const most = Math.max(...children.map(({ chances }) => chances.length - 1));
  let sum: Layers | undefined;
  let scale = 1;
  for (let a = most; a >= 0; a--) {
    checkStopped(watch);
    const sources: Weighted[] = children.flatMap(({ layers, chances, norm }) =>
      (chances[a] ?? 0) > 0 ? [{ layers, weight: chances[a]! * norm }] : [],
    );
    if (sum === undefined && a > 0 && sources.length === 1) {
      // Nothing to add yet: the next step multiplies by the weight as well.
      sum = sources[0]!.layers;
      scale = sources[0]!.weight;
    } else {
      sum = memory.mix(sum, { ...group, scale }, sources, a % 2 === 0 ? at : memory.spare);
      scale = 1;
    }
  }
  return sum!;
}

function isPossible(chances: readonly number[]): boolean {
  return chances.some((chance) => chance > 0);
}

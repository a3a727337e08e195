import { createShotSampler, shotsAtOnce } from "../kernels/index.ts";
import { drawingEngine } from "./kernel-path.ts";
import type { NoisyInput } from "./noisy-input.ts";
import type { Random } from "./random.ts";
import { stateOrder } from "./state-order.ts";

/** Events are numbered for the kernel, which gives each a stream of its own, up to this; then comes another seed. */
const eventsPerSeed = 2 ** 31;

/** Writes the counts of photons of one event after the other, before anything detects them; drawn by kernels. */
export function createPhotonSampler(
  { groups, most }: NoisyInput,
  modes: number,
  random: Random,
): (counts: Uint16Array) => void {
  const sampler = createShotSampler(groups, modes, drawingEngine());
  const { offsets } = sampler;
  const order = stateOrder(modes, Math.max(most.all, offsets.length - 1));
  let seed = 0n;
  let drawn: Float64Array = new Float64Array(0);
  let next = 0;
  let first = 0;
  return (counts) => {
    if (next === drawn.length) {
      if (first % eventsPerSeed === 0) {
        seed = BigInt(Math.floor(random.next() * 2 ** 53));
        first = 0;
      }
      drawn = sampler.draw(seed, first, first + shotsAtOnce);
      first += shotsAtOnce;
      next = 0;
    }
    const number = drawn[next++]!;
    let photons = 0;
    while (offsets[photons + 1]! <= number) photons += 1;
    writeState(order.before, number - offsets[photons]!, photons, counts);
  };
}

/** The counts of the state of so many photons that has a rank. */
function writeState(
  before: readonly Float64Array[],
  rank: number,
  photons: number,
  counts: Uint16Array,
): void {
  let left = rank;
  let rest = photons;
  for (let mode = 0; mode < counts.length; mode++) {
    let behind = mode === counts.length - 1 ? 0 : rest;
    while (before[mode]![behind]! > left) behind -= 1;
    counts[mode] = rest - behind;
    left -= before[mode]![behind]!;
    rest = behind;
  }
}

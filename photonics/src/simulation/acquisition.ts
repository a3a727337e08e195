import type { RunResult } from "../model/index.ts";
import { add, type Distribution, photonsOf, toTable } from "./distribution.ts";
import type { Random } from "./random.ts";
import { createSampler } from "./sampling.ts";
import { isDetected, isLogical, type Selection, withoutHeralds } from "./selection.ts";
import { checkStopped, type Watch } from "./watch.ts";

/** When an acquisition ends: at whichever comes first. */
export interface Bounds {
  readonly maxShots: number;
  readonly maxSamples: number;
}

/** Samples in the order in which they were kept, and how many shots that took. */
export interface Acquired {
  readonly samples: readonly string[];
  readonly counts: Distribution;
}

/**
 * Measures shot by shot. A shot is an event with at least one detected photon; a sample is a shot that was kept.
 * @param draw gives one detected event
 */
export function acquire(
  draw: () => string,
  selection: Selection,
  bounds: Bounds,
  watch: Watch,
  keepOrder: boolean,
): Acquired {
  const samples: string[] = [];
  const counts: Distribution = new Map();
  let kept = 0;
  for (let shots = 0; shots < bounds.maxShots && kept < bounds.maxSamples; shots++) {
    if ((shots & 0xfff) === 0) {
      checkStopped(watch);
      watch.onProgress?.(Math.max(shots / bounds.maxShots, kept / bounds.maxSamples), "sampling");
    }
    const key = draw();
    if (!isDetected(key, selection) || !isLogical(key, selection)) continue;
    const sample = withoutHeralds(key, selection);
    kept += 1;
    add(counts, sample, 1);
    if (keepOrder) samples.push(sample);
  }
  return { samples, counts };
}

/** Shots of a known distribution, which leaves out the events in which nothing is detected; undefined if there are no others. */
export function shotsOf(detected: Distribution, random: Random): (() => string) | undefined {
  const shots: Distribution = new Map();
  for (const [key, probability] of detected)
    if (probability > 0 && photonsOf(key) > 0) shots.set(key, probability);
  return shots.size === 0 ? undefined : createSampler(shots, random);
}

/** Counts as a result, or samples with their order. */
export function toResults(acquired: Acquired, modes: number, ordered: boolean): RunResult["results"] {
  const table = toTable(acquired.counts, modes);
  if (!ordered) return { kind: "counts", table };
  const rows = new Map<string, number>();
  for (let row = 0; row < table.values.length; row++) {
    rows.set(String.fromCharCode(...table.counts.subarray(row * modes, (row + 1) * modes)), row);
  }
  return { kind: "samples", table, order: Uint32Array.from(acquired.samples, (sample) => rows.get(sample)!) };
}

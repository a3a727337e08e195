import type { KernelFunctions } from "../kernel-functions.ts";
import { lastTerm, type View } from "./view.ts";

/** The tables of states of photonics/kernels/states.ts, in TypeScript. */
export function statesIn({
  u32,
  u8,
}: View): Pick<KernelFunctions, "frontLevel" | "backLevel" | "frontPlaces"> {
  /** A part's fields, as indices of 32-bit words. */
  const read = (part: number) => {
    const [modes, levels, shift, caps, capsFrom, required, above] = u32.subarray(part / 4, part / 4 + 7);
    const words = (at: number, length: number) => u32.subarray(at / 4, at / 4 + length);
    return {
      modes: modes!,
      levels: levels!,
      shift: shift!,
      caps: words(caps!, modes!),
      capsFrom: words(capsFrom!, modes! + 1),
      required: words(required!, modes!),
      above: words(above!, modes! * levels! * levels!),
      counts: new Uint32Array(modes! + 1),
      rests: new Uint32Array(modes! + 1),
      before: new Uint32Array(modes! + 1),
    };
  };
  type Part = ReturnType<typeof read>;

  const aboveOf = ({ above, levels }: Part, mode: number, rest: number, count: number) =>
    above[(mode * levels + rest) * levels + count]!;

  const fill = (p: Part, from: number, photons: number) => {
    for (let mode = from, rest = photons; mode < p.modes; mode++) {
      const count = Math.min(rest, p.caps[mode]!);
      p.counts[mode] = count;
      p.rests[mode] = rest;
      if (count < rest) p.before[mode + 1] = p.before[mode]! + aboveOf(p, mode, rest - 1, count);
      rest -= count;
    }
  };

  /** Visits the states of a level in descending order of their counts. */
  const forEachState = (p: Part, photons: number, visit: (state: number) => void) => {
    if (photons > p.capsFrom[0]!) return;
    p.before[0] = 0;
    fill(p, 0, photons);
    for (let state = 0; ; state++) {
      visit(state);
      let mode = p.modes - 1;
      let rest = 0;
      while (mode >= 0 && !(p.counts[mode]! > 0 && p.capsFrom[mode + 1]! > rest)) rest += p.counts[mode--]!;
      if (mode < 0) return;
      p.counts[mode]! -= 1;
      p.before[mode + 1] = p.before[mode]! + aboveOf(p, mode, p.rests[mode]! - 1, p.counts[mode]!);
      fill(p, mode + 1, rest + 1);
    }
  };

  const writeTerms = (p: Part, to: number): number => {
    let behind = 0;
    let word = to;
    for (let mode = p.modes - 1; mode >= 0; mode--) {
      const count = p.counts[mode]!;
      const rest = p.rests[mode]!;
      if (count > 0) {
        const parent = p.before[mode]! + aboveOf(p, mode, rest - 1, count - 1) + behind;
        u32[word++] = (parent << p.shift) | (mode * p.levels + count);
      }
      behind += aboveOf(p, mode, rest, count);
    }
    return word;
  };

  const missingOf = (p: Part, modes: number): number => {
    let missing = 0;
    for (let mode = 0; mode < modes; mode++) missing += Math.max(0, p.required[mode]! - p.counts[mode]!);
    return missing;
  };

  return {
    frontLevel(part, photons, records, starts, missing) {
      const p = read(part);
      let word = records / 4;
      let start = starts / 4;
      forEachState(p, photons, (state) => {
        if (state % 64 === 0) u32[start++] = 4 * word;
        u32[word] = 0;
        word = writeTerms(p, word + 1);
        if (photons > 0) u32[word - 1] = (u32[word - 1]! | lastTerm) >>> 0;
        if (missing > 0) u8[missing + state] = missingOf(p, p.modes);
      });
      u32[start] = 4 * word;
    },
    backLevel(part, photons, chunkMax, records, segments, chunks) {
      const p = read(part);
      const byTerms: number[][][] = [];
      let chunk = chunks / 4;
      let segment = segments / 4;
      let record = records / 4;
      const terms = new Uint32Array(p.modes + 1);
      const flush = (first: number, size: number) => {
        u32.set([first, size, 4 * segment], chunk);
        for (const [count, states] of byTerms.entries()) {
          if (states === undefined || states.length === 0) continue;
          u32.set([count, states.length, 4 * record], segment);
          segment += 4;
          for (const state of states) {
            u32.set(state, record);
            record += state.length;
          }
        }
        u32[chunk + 3] = 4 * segment;
        chunk += 4;
        byTerms.length = 0;
      };
      let inChunk = 0;
      let first = 0;
      forEachState(p, photons, (state) => {
        if (inChunk === chunkMax) {
          flush(first, inChunk);
          first = state;
          inChunk = 0;
        }
        const begin = record;
        // The place behind all records so far is free: the state's terms pass through it.
        const end = writeTerms(p, begin);
        terms.set(u32.subarray(begin, end));
        byTerms[end - begin] ??= [];
        byTerms[end - begin]!.push([inChunk++, ...terms.subarray(0, end - begin)]);
      });
      if (inChunk > 0) flush(first, inChunk);
      return 4 * chunk;
    },
    frontPlaces(part, photons, backSizes, records) {
      const p = read(part);
      let size = 0;
      forEachState(p, photons, () => {
        const inBack = p.counts[p.modes - 1]!;
        const next = records / 4 + photons - inBack;
        let word = u32[next]! / 4;
        u32[word] = size;
        if (photons > inBack) while (u32[++word]! < lastTerm);
        u32[next] = 4 * (word + 1);
        if (missingOf(p, p.modes - 1) === 0) size += u32[backSizes / 4 + inBack]!;
      });
      return size;
    },
  };
}

import type { KernelFunctions } from "../kernel-functions.ts";
import type { Stream } from "./random.ts";
import type { View } from "./view.ts";

/** The sampler of photonics/kernels/shots.ts, in TypeScript: the same draws. */
export function shotsIn({ f64, u32 }: View, stream: Stream): Pick<KernelFunctions, "drawShots"> {
  const read = (sampler: number) => {
    const field = (index: number) => u32[sampler / 4 + index]!;
    return {
      columns: field(0) / 8,
      rows: field(1),
      seen: field(2),
      sums: field(3) / 8,
      groups: field(4),
      groupTable: field(5) / 4,
      photonsMax: field(7),
      amplitudes: field(8) / 8,
      skipped: field(15) / 8,
      above: field(16) / 8,
      offsets: field(17) / 8,
    };
  };
  type Sampler = ReturnType<typeof read>;

  const drawAlone = (p: Sampler, column: number): number => {
    const sums = p.sums + column * p.rows;
    const bound = stream.uniform() * f64[sums + p.rows - 1]!;
    let row = 0;
    while (row < p.rows - 1 && f64[sums + row]! <= bound) row++;
    return row;
  };

  /** Amplitudes of the subsets with the k-th photon, but for that of all, from those of smaller subsets. */
  const addColumn = (p: Sampler, columns: readonly number[], drawn: readonly number[], k: number) => {
    const top = 1 << (k - 1);
    const entry = (c: number, row: number) => p.columns + 2 * (columns[c]! * p.rows + row);
    for (let subset = top; subset < 2 * top - 1; subset++) {
      const row = drawn[bitsOf(subset) - 1]!;
      let ar = 0;
      let ai = 0;
      let br = 0;
      let bi = 0;
      const add = (c: number) => {
        const v = p.amplitudes + 2 * (subset ^ (1 << c));
        const w = entry(c, row);
        ar += f64[v]! * f64[w]!;
        ai += f64[v + 1]! * f64[w]!;
        br += f64[v]! * f64[w + 1]!;
        bi += f64[v + 1]! * f64[w + 1]!;
      };
      add(k - 1);
      for (let rest = (subset ^ top) & ~3; rest > 0; rest &= rest - 1) add(31 - Math.clz32(rest & -rest));
      // Of the two lowest photons, the second is taken off first, as the compiled kernel does.
      const lowest = (subset ^ top) & 3;
      if (lowest & 2) add(1);
      if (lowest & 1) add(0);
      f64[p.amplitudes + 2 * subset] = ar - bi;
      f64[p.amplitudes + 2 * subset + 1] = ai + br;
    }
  };

  const drawRow = (p: Sampler, columns: readonly number[], k: number): number => {
    const all = 2 ** k - 1;
    const weights: number[] = [];
    const amplitudes: number[] = [];
    let total = 0;
    for (let row = 0; row < p.rows; row++) {
      let ar = 0;
      let ai = 0;
      let br = 0;
      let bi = 0;
      for (let c = 0; c < k; c++) {
        const m = p.amplitudes + 2 * (all ^ (1 << c));
        const u = p.columns + 2 * (columns[c]! * p.rows + row);
        ar += f64[u]! * f64[m]!;
        ai += f64[u + 1]! * f64[m]!;
        br += f64[u]! * f64[m + 1]!;
        bi += f64[u + 1]! * f64[m + 1]!;
      }
      const [re, im] = [ar - bi, ai + br];
      amplitudes.push(re, im);
      weights.push(re * re + im * im);
      total += weights[row]!;
    }
    let bound = stream.uniform() * total;
    let drawn = 0;
    for (let row = 0; row < p.rows; row++) {
      const weight = weights[row]!;
      if (weight === 0) continue;
      drawn = row;
      if (bound < weight) break;
      bound -= weight;
    }
    f64[p.amplitudes + 2 * all] = amplitudes[2 * drawn]!;
    f64[p.amplitudes + 2 * all + 1] = amplitudes[2 * drawn + 1]!;
    return drawn;
  };

  const drawCoherent = (p: Sampler, columns: number[]): number[] => {
    for (let i = columns.length - 1; i > 0; i--) {
      const j = stream.below(i + 1);
      [columns[i], columns[j]] = [columns[j]!, columns[i]!];
    }
    const drawn: number[] = [];
    for (let k = 1; k <= columns.length; k++) {
      if (k > 1) addColumn(p, columns, drawn, k);
      const row = k === 1 ? drawAlone(p, columns[0]!) : drawRow(p, columns, k);
      if (k === 1) {
        const u = p.columns + 2 * (columns[0]! * p.rows + row);
        f64.set([1, 0, f64[u]!, f64[u + 1]!], p.amplitudes);
      }
      drawn.push(row);
    }
    return drawn;
  };

  const rankOf = (p: Sampler, drawn: number[]): number => {
    drawn.sort((a, b) => a - b);
    const levels = p.photonsMax + 1;
    let rest = drawn.length;
    let rank = f64[p.offsets + rest]!;
    let mode = 0;
    for (let i = 0; i < drawn.length; ) {
      const next = drawn[i]!;
      const skipped = p.skipped + rest * (p.seen + 1);
      rank += f64[skipped + next]! - f64[skipped + mode]!;
      let count = 1;
      while (drawn[++i] === next) count++;
      rank += f64[p.above + (next * levels + rest) * levels + count]!;
      rest -= count;
      mode = next + 1;
    }
    return rank;
  };

  const drawShot = (p: Sampler): number => {
    const coherent: number[] = [];
    const alone: number[] = [];
    for (let g = p.groupTable; g < p.groupTable + 2 * p.groups; g += 2) {
      const column = u32[g]!;
      let outcome = u32[g + 1]!;
      const u = stream.uniform();
      while (u >= f64[outcome / 8]!) outcome += 16;
      for (let i = u32[outcome / 4 + 2]!; i > 0; i--) coherent.push(column);
      for (let i = u32[outcome / 4 + 3]!; i > 0; i--) alone.push(column);
    }
    const drawn = drawCoherent(p, coherent);
    for (const column of alone) drawn.push(drawAlone(p, column));
    return rankOf(
      p,
      drawn.filter((row) => row < p.seen),
    );
  };

  return {
    drawShots(sampler, seed, first, end, to) {
      const p = read(sampler);
      for (let shot = first; shot < end; shot++) {
        stream.seed(seed, BigInt(shot) + 1n);
        f64[to / 8 + shot - first] = drawShot(p);
      }
    },
  };
}

function bitsOf(set: number): number {
  let bits = 0;
  for (let rest = set; rest > 0; rest &= rest - 1) bits++;
  return bits;
}

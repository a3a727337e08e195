/** Subsets of q bits in ascending order of their size, for each q from 0 on; moved up by two bits. */
export function subsetsBySize(bitsMax: number): Uint32Array {
  const all = new Uint32Array(2 ** (bitsMax + 1) - 1);
  for (let bits = 0; bits <= bitsMax; bits++) {
    const next = new Array<number>(bits + 2).fill(0);
    for (let size = 0, count = 1; size <= bits; size++) {
      next[size + 1] = next[size]! + count;
      count = (count * (bits - size)) / (size + 1);
    }
    for (let subset = 0; subset < 2 ** bits; subset++)
      all[2 ** bits - 1 + next[sizeOf(subset)]!++] = subset << 2;
  }
  return all;
}

function sizeOf(subset: number): number {
  let size = 0;
  for (let rest = subset; rest > 0; rest &= rest - 1) size++;
  return size;
}

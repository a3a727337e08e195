/** A list is kept for the next run when it is no longer than this: iterations of a job mostly show the same states. */
const keptBytesMax = 32 * 2 ** 20;
let kept: { readonly key: string; readonly counts: Uint16Array } | undefined;

/**
 * The counts of all states of some numbers of photons in modes that hold at most so many: in descending order, those
 * of each number one after the other. The list is shared with whoever asks the same: it must not be written to.
 * @param size how many states that are
 */
export function listStates(
  caps: readonly number[],
  photons: readonly number[],
  size: number,
): Uint16Array<ArrayBuffer> {
  const key = `${caps}/${photons}`;
  if (kept?.key === key) return kept.counts as Uint16Array<ArrayBuffer>;
  const counts = new Uint16Array(size * caps.length);
  let from = 0;
  for (const number of photons) from = writeStates(caps, number, counts, from);
  if (counts.byteLength <= keptBytesMax) kept = { key, counts };
  return counts;
}

/** Writes the states of so many photons from an index on; returns where they end. */
function writeStates(caps: readonly number[], photons: number, counts: Uint16Array, from: number): number {
  const modes = caps.length;
  const bounded = Uint16Array.from(caps, (cap) => Math.min(cap, photons));
  const capsFrom = new Uint32Array(modes + 1);
  for (let mode = modes - 1; mode >= 0; mode--) capsFrom[mode] = capsFrom[mode + 1]! + bounded[mode]!;
  if (photons > capsFrom[0]!) return from;
  fill(counts, from, 0, photons, bounded);
  for (let row = from; ; ) {
    const next = row + modes;
    // The last photon that can go on when those behind it come back.
    let rest = 0;
    let mode = modes - 1;
    while (mode >= 0 && !(counts[row + mode]! > 0 && capsFrom[mode + 1]! > rest))
      rest += counts[row + mode--]!;
    if (mode < 0) return next;
    for (let i = 0; i < mode; i++) counts[next + i] = counts[row + i]!;
    counts[next + mode] = counts[row + mode]! - 1;
    fill(counts, next, mode + 1, rest + 1, bounded);
    row = next;
  }
}

/** Gives the modes from one on as many photons as they may hold, the first ones first. */
function fill(counts: Uint16Array, row: number, from: number, photons: number, caps: Uint16Array): void {
  let rest = photons;
  for (let mode = from; mode < caps.length; mode++) {
    const count = Math.min(rest, caps[mode]!);
    counts[row + mode] = count;
    rest -= count;
  }
}

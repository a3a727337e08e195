/** What modes may and must hold. */
export interface Bounds {
  /** The most photons of each mode in any layer, Infinity for no bound. */
  readonly caps: readonly number[];
  /** The fewest photons of each mode at the end. */
  readonly required: readonly number[];
}

/** As many modes that may hold any number of photons. */
export function unbounded(modes: number): Bounds {
  return {
    caps: new Array<number>(modes).fill(Number.POSITIVE_INFINITY),
    required: new Array<number>(modes).fill(0),
  };
}

/**
 * How many states some modes have: a part of all modes. States of a level, which have equally many photons, stand in
 * descending order of their counts.
 */
export interface Part extends Bounds {
  readonly modes: number;
  readonly photonsMax: number;
  /** States of each number of photons, from none on. */
  readonly sizes: readonly number[];
  /** Occupied modes of all these states together. */
  readonly terms: readonly number[];
  /** [mode][photons from this mode on][count] → states whose count of this mode is higher. */
  readonly above: Float64Array;
}

/** States of each number of photons, from none on, in modes that hold at most so many. */
export function sizesOf(caps: readonly number[], photonsMax: number): number[] {
  let sizes = new Array<number>(photonsMax + 1).fill(0);
  sizes[0] = 1;
  for (const cap of caps) {
    let inReach = 0;
    sizes = sizes.map((size, photons) => {
      inReach += size;
      if (photons > cap) inReach -= sizes[photons - cap - 1]!;
      return inReach;
    });
  }
  return sizes;
}

export function partOf({ caps, required }: Bounds, photonsMax: number): Part {
  const modes = caps.length;
  const levels = photonsMax + 1;
  const above = new Float64Array(modes * levels * levels);
  let sizes = new Array<number>(levels).fill(0);
  let terms = new Array<number>(levels).fill(0);
  sizes[0] = 1;
  for (let mode = modes - 1; mode >= 0; mode--) {
    const moreSizes = new Array<number>(levels).fill(0);
    const moreTerms = new Array<number>(levels).fill(0);
    for (let photons = 0; photons < levels; photons++) {
      for (let count = photons; count >= 0; count--) {
        above[(mode * levels + photons) * levels + count] = moreSizes[photons]!;
        if (count > caps[mode]!) continue;
        moreSizes[photons]! += sizes[photons - count]!;
        moreTerms[photons]! += terms[photons - count]! + (count > 0 ? sizes[photons - count]! : 0);
      }
    }
    sizes = moreSizes;
    terms = moreTerms;
  }
  return { caps, required, modes, photonsMax, sizes, terms, above };
}

// Tables of states, for rows and what they are made of; src/kernels/row-tables.ts says how they are used. A part is
// some of the modes. States of a level, which have equally many photons, stand in descending order of their counts.

/** A part of the modes; all fields but the first three are addresses. */
@unmanaged
class Part {
  modes: u32;
  /** The most photons of any level, plus one. */
  levels: u32;
  /**
   * A term is `parent << shift | mode · levels + count`: where the state without one of the mode's photons stands a
   * level lower, and which coefficient a photon in a mode with so many has.
   */
  shift: u32;
  /** Of each mode, the most photons it may hold, and from it on (u32 each). */
  caps: usize;
  capsFrom: usize;
  /** Of each mode, the fewest photons that it must hold at the end. */
  required: usize;
  /** [mode][photons from this mode on][count] → states whose count of this mode is higher (u32). */
  above: usize;
  /** For the state being visited: [count, photons from the mode on, rank up to the mode with one photon less]. */
  state: usize;
}

const STATE: usize = 12;

@inline
function above(p: Part, mode: u32, rest: u32, count: u32): u32 {
  return load<u32>(p.above + (<usize>((mode * p.levels + rest) * p.levels + count) << 2));
}

/** Gives the modes from one on as many photons as they may hold, the first ones first. */
function fill(p: Part, mode: u32, rest: u32): void {
  for (; mode < p.modes; mode++) {
    const at = p.state + <usize>mode * STATE;
    const count = min(rest, load<u32>(p.caps + (<usize>mode << 2)));
    store<u32>(at, count);
    store<u32>(at, rest, 4);
    if (mode + 1 < p.modes && count < rest) store<u32>(at + STATE, load<u32>(at, 8) + above(p, mode, rest - 1, count), 8);
    rest -= count;
  }
}

/** Goes to the first state. There is none when the caps do not let so many photons in. */
function firstState(p: Part, photons: u32): bool {
  if (photons > load<u32>(p.capsFrom)) return false;
  if (p.modes > 0) store<u32>(p.state, 0, 8);
  fill(p, 0, photons);
  return true;
}

/** Goes to the next state, if there is one. */
function nextState(p: Part): bool {
  let rest: u32 = 0;
  for (let mode = <i32>p.modes - 1; mode >= 0; mode--) {
    const at = p.state + <usize>mode * STATE;
    const count = load<u32>(at);
    if (count > 0 && load<u32>(p.capsFrom + (<usize>(mode + 1) << 2)) > rest) {
      store<u32>(at, count - 1);
      store<u32>(at + STATE, load<u32>(at, 8) + above(p, mode, load<u32>(at, 4) - 1, count - 1), 8);
      fill(p, mode + 1, rest + 1);
      return true;
    }
    rest += count;
  }
  return false;
}

/** Writes the state's terms, the last mode's first; returns where they end. */
@inline
function writeTerms(p: Part, to: usize): usize {
  let behind: u32 = 0;
  for (let mode = <i32>p.modes - 1; mode >= 0; mode--) {
    const at = p.state + <usize>mode * STATE;
    const count = load<u32>(at);
    const rest = load<u32>(at, 4);
    if (count > 0) {
      store<u32>(to, ((load<u32>(at, 8) + above(p, mode, rest - 1, count - 1) + behind) << p.shift) | (mode * p.levels + count));
      to += 4;
    }
    behind += above(p, mode, rest, count);
  }
  return to;
}

/** Marks the last term of a front's record. */
const LAST: u32 = 0x80000000;

/**
 * Writes a level of the front: for each state a record of its place in the output, 0 for now, and its terms, the last
 * one marked.
 *
 * @param starts where the record of every 64th state goes, with one more for the end
 * @param missing what each state still misses of what it must hold (a byte each), or 0
 */
export function frontLevel(part: usize, photons: u32, records: usize, starts: usize, missing: usize): void {
  const p = changetype<Part>(part);
  let number: u32 = 0;
  if (firstState(p, photons)) {
    do {
      if ((number++ & 63) == 0) {
        store<u32>(starts, <u32>records);
        starts += 4;
      }
      store<u32>(records, 0);
      records = writeTerms(p, records + 4);
      if (photons > 0) store<u32>(records - 4, load<u32>(records - 4) | LAST);
      if (missing) store<u8>(missing++, <u8>missingOf(p, p.modes));
    } while (nextState(p));
  }
  store<u32>(starts, <u32>records);
}

/** How many photons the first modes lack of what they must hold. */
function missingOf(p: Part, modes: u32): u32 {
  let missing: u32 = 0;
  for (let mode: u32 = 0; mode < modes; mode++) {
    const required = load<u32>(p.required + (<usize>mode << 2));
    const count = load<u32>(p.state + <usize>mode * STATE);
    if (required > count) missing += required - count;
  }
  return missing;
}

/**
 * Writes a level of the back, in chunks: [first state, states, where its segments begin, where they end] each. A
 * segment [terms, states, where its records begin, 0] has the states of a chunk that have as many terms, which makes
 * loops over terms predictable; a record is the state's place in the chunk, then its terms.
 *
 * @param scratch for the records of a chunk in order
 * @returns where the chunks end
 */
export function backLevel(
  part: usize, photons: u32, chunkMax: u32, records: usize, segments: usize, chunks: usize, scratch: usize,
): usize {
  const p = changetype<Part>(part);
  if (!firstState(p, photons)) return chunks;
  const most = min(photons, p.modes);
  const stride = <usize>(most + 2) << 2;
  let first: u32 = 0;
  let more = true;
  while (more) {
    let size: u32 = 0;
    for (let at = scratch; more && size < chunkMax; size++, at += stride) {
      store<u32>(at, <u32>((writeTerms(p, at + 4) - at - 4) >> 2));
      more = nextState(p);
    }
    store<u32>(chunks, first);
    store<u32>(chunks, size, 4);
    store<u32>(chunks, <u32>segments, 8);
    for (let terms: u32 = 0; terms <= most; terms++) {
      const begin = records;
      let states: u32 = 0;
      for (let i: u32 = 0, at = scratch; i < size; i++, at += stride) {
        if (load<u32>(at) != terms) continue;
        store<u32>(records, i);
        memory.copy(records + 4, at + 4, <usize>terms << 2);
        records += (<usize>terms + 1) << 2;
        states++;
      }
      if (states == 0) continue;
      store<u32>(segments, terms);
      store<u32>(segments, states, 4);
      store<u32>(segments, <u32>begin, 8);
      segments += 16;
    }
    store<u32>(chunks, <u32>segments, 12);
    chunks += 16;
    first += size;
  }
  return chunks;
}

/**
 * Writes to the records of rows where these stand in the output, which has its states in descending order.
 *
 * @param part the front with one more mode, that counts the photons of the back
 * @param backSizes states of the back, by their photons (u32)
 * @param records for each number of photons in the front, where the next record is (u32); moved on
 * @returns how many states the output has: those whose fronts hold what they must
 */
export function frontPlaces(part: usize, photons: u32, backSizes: usize, records: usize): u32 {
  const p = changetype<Part>(part);
  let size: u32 = 0;
  if (!firstState(p, photons)) return 0;
  do {
    const inBack = load<u32>(p.state + <usize>(p.modes - 1) * STATE);
    const next = records + (<usize>(photons - inBack) << 2);
    let record = <usize>load<u32>(next);
    store<u32>(record, size);
    if (photons > inBack) {
      do record += 4;
      while (!(load<u32>(record) & LAST));
    }
    store<u32>(next, <u32>record + 4);
    if (missingOf(p, p.modes - 1) == 0) size += load<u32>(backSizes + (<usize>inBack << 2));
  } while (nextState(p));
  return size;
}

// Text of states with their numbers, as clients read it: |1,0,2>=0.25;
import { writeWhole } from "./digits";
import { entryOf, findDigits, firstDigits, lastDigits, secondDigits, writeDigits } from "./fraction-text";
import { writeNumber } from "./number-text";

const DIGIT_AND_COMMA = memory.data<u64>([0x2c302c302c302c30, 0x2c302c302c302c30], 16);

/** Writes the counts of a state (u16 each). Reads up to seven counts more, and overwrites as many as it reads. */
function writeState(counts: usize, modes: u32, to: usize): usize {
  store<u8>(to, 124);
  if (modes == 0) {
    store<u8>(to, 62, 1);
    return to + 2;
  }
  const begin = to + 1;
  let most = i16x8.splat(0);
  for (let mode: u32 = 0; mode < modes; mode += 8) {
    const at = <usize>mode << 1;
    const v = v128.load(counts + at);
    most = i16x8.max_u(most, v);
    // A digit and a comma.
    v128.store(begin + at, i16x8.add(v, v128.load(DIGIT_AND_COMMA)));
  }
  let end = begin + (<usize>modes << 1);
  if (v128.any_true(i16x8.gt_u(most, i16x8.splat(9)))) {
    // Where a count has several digits, or one behind the state does.
    end = begin;
    for (let mode: u32 = 0; mode < modes; mode++) {
      end = writeWhole(load<u16>(counts + (<usize>mode << 1)), end);
      store<u8>(end++, 44);
    }
  }
  store<u8>(end - 1, 62);
  return end;
}

/** Where the tables of fraction-text.ts are: behind 617 powers of ten, which number-text.ts needs. */
const FRACTIONS: usize = 617 * 16;

/** Writes a state and its value. */
function writeRow(counts: usize, modes: u32, value: usize, tables: usize, to: usize): usize {
  to = beginRow(counts, modes, to);
  return endRow(writeNumber(load<f64>(value), to, tables));
}

@inline
function beginRow(counts: usize, modes: u32, to: usize): usize {
  to = writeState(counts, modes, to);
  store<u8>(to, 61);
  return to + 1;
}

@inline
function endRow(to: usize): usize {
  store<u8>(to, 59);
  return to + 1;
}

/**
 * Writes how many bytes follow (u32), then states and their values, each with a semicolon behind.
 *
 * @param counts of the first state; those of a state take 2·modes bytes
 * @param values f64
 * @param tables for numbers, as numberTables() makes them
 * @param to has room for 6·modes + 32 bytes of each state, and 128 bytes more
 */
export function writeStates(counts: usize, modes: u32, values: usize, states: u32, tables: usize, to: usize): void {
  const bytes = <usize>modes << 1;
  const begin = to;
  to += 4;
  for (const end = values + (<usize>(states & ~1) << 3); values < end; values += 16) {
    const a = entryOf(values, tables + FRACTIONS);
    const b = entryOf(values + 8, tables + FRACTIONS);
    const next = counts + bytes;
    if (a != 0 && b != 0 && findDigits(values, a, b)) {
      to = beginRow(counts, modes, to);
      to = endRow(writeDigits(firstDigits, i32x4.extract_lane(lastDigits, 0), a, to));
      to = beginRow(next, modes, to);
      to = endRow(writeDigits(secondDigits, i32x4.extract_lane(lastDigits, 1), b, to));
    } else {
      to = writeRow(counts, modes, values, tables, to);
      to = writeRow(next, modes, values + 8, tables, to);
    }
    counts = next + bytes;
  }
  if (states & 1) to = writeRow(counts, modes, values, tables, to);
  store<u32>(begin, <u32>(to - begin - 4));
}

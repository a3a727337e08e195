// Text of states with their numbers, as clients read it: |1,0,2>=0.25;
import { writeWhole } from "./digits";
import { writeNumber } from "./number-text";

/** Writes the counts of a state (u16 each). Reads up to seven counts more, and overwrites as many as it reads. */
function writeState(counts: usize, modes: u32, to: usize): usize {
  store<u8>(to, 124);
  if (modes == 0) {
    store<u8>(to, 62, 1);
    return to + 2;
  }
  const begin = to + 1;
  let many = i16x8.splat(0);
  for (let mode: u32 = 0; mode < modes; mode += 8) {
    const at = <usize>mode << 1;
    const v = v128.load(counts + at);
    many = v128.or(many, i16x8.gt_u(v, i16x8.splat(9)));
    // A digit and a comma.
    v128.store(begin + at, i16x8.add(v, i16x8.splat(0x2c30)));
  }
  let end = begin + (<usize>modes << 1);
  if (v128.any_true(many)) {
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

/**
 * Writes how many bytes follow (u32), then states and their values, each with a semicolon behind.
 *
 * @param counts of the first state; those of a state take 2·modes bytes
 * @param values f64
 * @param powers of ten, as `writeNumber` needs them
 * @param to has room for 6·modes + 32 bytes of each state, and 128 bytes more
 */
export function writeStates(counts: usize, modes: u32, values: usize, states: u32, powers: usize, to: usize): void {
  const bytes = <usize>modes << 1;
  const begin = to;
  to += 4;
  for (const end = values + (<usize>states << 3); values < end; values += 8, counts += bytes) {
    to = writeState(counts, modes, to);
    store<u8>(to, 61);
    to = writeNumber(load<f64>(values), to + 1, powers);
    store<u8>(to++, 59);
  }
  store<u32>(begin, <u32>(to - begin - 4));
}

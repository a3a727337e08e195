// One layer of strong linear optical simulation, for some rows of the layer's matrix: see src/kernels/slos-plan.ts for
// the layout of rows, the tables and the words "front", "back", "row". Plain SIMD: every product and sum is one IEEE
// operation, in an order that the tables fix, so results are the same bits on every machine and any number of threads.

import { backComplex1, backComplex4, backReal1, backReal4, interleave } from "./back-sums";
import { front, probabilities } from "./front-sums";

/** Rows that one pass over a table of the back serves. */
const ROWS: usize = 4;
/** Marks the last term of a row's record. */
const LAST: u32 = 0x80000000;

/**
 * Computes rows of a layer.
 *
 * @param record the first row's, whose number is `row`; `rowsEnd` where the last one's ends
 * @param empty 1 when the rows have no photon in the front, and no terms
 * @param missing what each row misses of what it must hold (a byte each), or 0
 * @param missingMax rows that miss more are left out
 * @param aboveRows rows with one photon less in the front, of `length` entries, in the layer before
 * @param sameRows rows with as many photons in the front, of `shorter` entries, in the layer before
 * @param chunks of the back's states with as many photons: [first state, states, segments, end of segments] each
 * @param squared 0 writes amplitudes, 1 probabilities (for real coefficients)
 * @param to where row 0 begins; if `placed` is 1, where the output begins, in which rows have their places
 * @param scratch for four interleaved rows of `interleaved` entries at most, four rows of a chunk, four lists of terms
 */
export function slosRows(
  record: usize, rowsEnd: usize, row: u32, empty: i32, missing: usize, missingMax: u32,
  frontShift: u32, uFront: usize, aboveRows: usize, length: i32,
  sameRows: usize, shorter: i32, backShift: u32, uBack: usize, chunks: usize, chunksEnd: usize,
  squared: i32, to: usize, placed: i32, scratch: usize, interleaved: i32, chunkMax: i32,
): void {
  const rowBytes = <usize>length << 4;
  const sameBytes = <usize>shorter << 4;
  const stride = <usize>chunkMax << 4;
  const sums = scratch + (<usize>interleaved << 6);
  const mask: u32 = (1 << frontShift) - 1;
  // Of each row: [its number, its terms, where their list begins, its place].
  const hands = sums + ROWS * stride;
  const lists = hands + ROWS * 16;
  const uShift: usize = squared ? 4 : 5;
  const outShift: usize = squared ? 3 : 4;
  while (record < rowsEnd) {
    let together: usize = 0;
    for (let list = lists; together < ROWS && record < rowsEnd; row++) {
      const hand = hands + together * 16;
      const begin = list;
      store<u32>(hand, row);
      store<u32>(hand, load<u32>(record), 12);
      store<u32>(hand, <u32>list, 8);
      record += 4;
      if (!empty) {
        let term: u32;
        do {
          term = load<u32>(record);
          record += 4;
          store<u32>(list, <u32>(aboveRows + <usize>((term & ~LAST) >> frontShift) * rowBytes));
          store<u32>(list, <u32>(uFront + (<usize>(term & mask) << uShift)), 4);
          list += 8;
        } while (!(term & LAST));
      }
      store<u32>(hand, <u32>((list - begin) >> 3), 4);
      if (missing == 0 || load<u8>(missing + row) <= missingMax) together++;
      else list = begin;
    }
    if (together == 0) break;
    const fused = shorter > 0 && shorter <= interleaved;
    if (fused) {
      // Fewer than four rows are computed with copies of one of them.
      const s0 = sameRows + <usize>load<u32>(hands) * sameBytes;
      const s1 = together > 1 ? sameRows + <usize>load<u32>(hands, 16) * sameBytes : s0;
      const s2 = together > 2 ? sameRows + <usize>load<u32>(hands, 32) * sameBytes : s0;
      const s3 = together > 3 ? sameRows + <usize>load<u32>(hands, 48) * sameBytes : s0;
      interleave(scratch, s0, s1, s2, s3, shorter);
    }
    for (let chunk = chunks; chunk < chunksEnd; chunk += 16) {
      const first = <usize>load<u32>(chunk);
      const states = <i32>load<u32>(chunk, 4);
      const segments = <usize>load<u32>(chunk, 8);
      const end = <usize>load<u32>(chunk, 12);
      if (fused) {
        if (squared) backReal4(segments, end, backShift, scratch, uBack, sums, stride);
        else backComplex4(segments, end, backShift, scratch, uBack, sums, stride);
      } else if (shorter == 0) memory.fill(sums, 0, ROWS * stride);
      for (let r: usize = 0; r < together; r++) {
        const hand = hands + r * 16;
        const number = <usize>load<u32>(hand);
        const terms = <i32>load<u32>(hand, 4);
        const list = <usize>load<u32>(hand, 8);
        const sum = sums + r * stride;
        if (shorter > interleaved) {
          const same = sameRows + number * sameBytes;
          if (squared) backReal1(segments, end, backShift, same, uBack, sum);
          else backComplex1(segments, end, backShift, same, uBack, sum);
        }
        const place = (placed ? <usize>load<u32>(hand, 12) : number * <usize>length) + first;
        const at = to + (place << outShift);
        if (squared) probabilities(terms, list, first << 4, sum, at, states);
        else front(terms, list, first << 4, sum, at, states);
      }
    }
  }
}

/** Words of a unit: the parameters of `slosRows` but the last three. */
const UNIT: usize = 19 * 4;

/** Computes so many units, one after the other. */
export function slosUnits(units: usize, count: i32, scratch: usize, interleaved: i32, chunkMax: i32): void {
  for (; count > 0; count--, units += UNIT) {
    slosRows(
      load<u32>(units), load<u32>(units, 4), load<u32>(units, 8), load<u32>(units, 12), load<u32>(units, 16),
      load<u32>(units, 20), load<u32>(units, 24), load<u32>(units, 28), load<u32>(units, 32), load<u32>(units, 36),
      load<u32>(units, 40), load<u32>(units, 44), load<u32>(units, 48), load<u32>(units, 52), load<u32>(units, 56),
      load<u32>(units, 60), load<u32>(units, 64), load<u32>(units, 68), load<u32>(units, 72),
      scratch, interleaved, chunkMax,
    );
  }
}

// Counts of independent draws from a distribution whose probabilities all are known: uniform numbers in ascending
// order, made of exponential spacings (L. Devroye, Non-Uniform Random Variate Generation, V.3), are met by the running
// sum of probabilities. Exact counts of independent draws, in time of states plus draws.
import { nextExponential, restoreStream, saveStream, seedStream } from "./random";

/** Goes on with the sum of the seed's exponential spacings, from one to another. `layers` are those of `nextExponential`. */
export function spacings(seed: u64, first: u32, end: u32, sum: f64, state: usize, layers: usize): f64 {
  if (first == 0) seedStream(seed, 0);
  else restoreStream(state);
  for (let i = first; i < end; i++) sum += nextExponential(layers);
  saveStream(state);
  return sum;
}

export function total(values: usize, size: u32, sum: f64): f64 {
  for (const end = values + (<usize>size << 3); values < end; values += 8) sum += load<f64>(values);
  return sum;
}

/**
 * Goes on with the counts of states from `first` to `end`, or with fewer when the pairs of `room` were written.
 *
 * @param state of the walk: 32 bytes of the stream, the next uniform (f64), the running sum (f64), draws left (u32)
 * @param scale from probabilities to spacings: the sum of the spacings by that of the probabilities
 * @param to pairs [state, draws] (u32) of states that were drawn
 * @returns how many pairs were written
 */
export function countSorted(values: usize, first: u32, end: u32, scale: f64, state: usize, to: usize, layers: usize): u32 {
  restoreStream(state);
  let next = load<f64>(state, 32);
  let sum = load<f64>(state, 40);
  let left = load<u32>(state, 48);
  const begin = to;
  for (let s = first; s < end && left > 0; s++) {
    sum += load<f64>(values + (<usize>s << 3));
    const bound = sum * scale;
    if (next >= bound) continue;
    const before = left;
    do {
      left--;
      next += nextExponential(layers);
    } while (left > 0 && next < bound);
    store<u32>(to, s);
    store<u32>(to, before - left, 4);
    to += 8;
  }
  saveStream(state);
  store<f64>(state, next, 32);
  store<f64>(state, sum, 40);
  store<u32>(state, left, 48);
  return <u32>((to - begin) >> 3);
}

/** Begins the walk: the first uniform. */
export function beginSorted(seed: u64, draws: u32, state: usize, layers: usize): void {
  seedStream(seed, 0);
  store<f64>(state, nextExponential(layers), 32);
  store<f64>(state, 0, 40);
  store<u32>(state, draws, 48);
  saveStream(state);
}

import type { FockState, StateTable } from "../model/index.ts";

/**
 * Probabilities of states, as they are gathered. A state's key has one UTF-16 unit for the count of each mode, which
 * maps hash and compare fast.
 */
export type Distribution = Map<string, number>;

export function keyOf(state: FockState | Uint16Array): string {
  return String.fromCharCode(...state);
}

/** The counts of a key. */
export function stateOf(key: string): number[] {
  return Array.from({ length: key.length }, (_, mode) => key.charCodeAt(mode));
}

export function photonsOf(key: string): number {
  let photons = 0;
  for (let mode = 0; mode < key.length; mode++) photons += key.charCodeAt(mode);
  return photons;
}

export function add(distribution: Distribution, key: string, probability: number): void {
  distribution.set(key, (distribution.get(key) ?? 0) + probability);
}

/** Adds each state of a distribution, weighted. */
export function addAll(to: Distribution, from: Distribution, weight: number): void {
  for (const [key, probability] of from) add(to, key, probability * weight);
}

/** Photons of two independent groups, counted together. */
export function combine(a: Distribution, b: Distribution): Distribution {
  if (b.size > a.size) return combine(b, a);
  const result: Distribution = new Map();
  for (const [second, weight] of b) {
    for (const [first, probability] of a) add(result, sumOf(first, second), probability * weight);
  }
  return result;
}

export function sumOf(a: string, b: string): string {
  let key = "";
  for (let mode = 0; mode < a.length; mode++)
    key += String.fromCharCode(a.charCodeAt(mode) + b.charCodeAt(mode));
  return key;
}

/** Each state changed to another; states that become the same are added. */
export function mapStates(distribution: Distribution, change: (key: string) => string): Distribution {
  const result: Distribution = new Map();
  for (const [key, probability] of distribution) add(result, change(key), probability);
  return result;
}

/** The distribution as a table, with the states in descending order of their counts. */
export function toTable(distribution: Distribution, modes: number): StateTable {
  const entries = [...distribution].sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0));
  const counts = new Uint16Array(entries.length * modes);
  const values = new Float64Array(entries.length);
  for (const [row, [key, value]] of entries.entries()) {
    values[row] = value;
    for (let mode = 0; mode < modes; mode++) counts[row * modes + mode] = key.charCodeAt(mode);
  }
  return { modes, counts, values };
}

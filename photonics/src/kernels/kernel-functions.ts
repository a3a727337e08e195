/**
 * What photonics/kernels exports, and plain-kernels.ts implements in TypeScript. Addresses are bytes in the memory that
 * both compute in; the sources in photonics/kernels say what the parameters are.
 */
export interface KernelFunctions {
  frontLevel(part: number, photons: number, records: number, starts: number, missing: number): void;
  backLevel(
    part: number,
    photons: number,
    chunkMax: number,
    records: number,
    segments: number,
    chunks: number,
    scratch: number,
  ): number;
  frontPlaces(part: number, photons: number, backSizes: number, records: number): number;
  /** Rows of a layer of interfering photons. */
  slosRows(
    record: number,
    rowsEnd: number,
    row: number,
    empty: number,
    missing: number,
    missingMax: number,
    frontShift: number,
    uFront: number,
    aboveRows: number,
    length: number,
    sameRows: number,
    shorter: number,
    backShift: number,
    uBack: number,
    chunks: number,
    chunksEnd: number,
    squared: number,
    to: number,
    placed: number,
    scratch: number,
    interleaved: number,
    chunkMax: number,
  ): void;
  /** Several calls of `slosRows`. */
  slosUnits(units: number, count: number, scratch: number, interleaved: number, chunkMax: number): void;
  /** Rows of a layer of photons that do not interfere. */
  mixRows(
    record: number,
    rowsEnd: number,
    row: number,
    empty: number,
    frontShift: number,
    uFront: number,
    aboveRows: number,
    length: number,
    sameRows: number,
    shorter: number,
    backShift: number,
    uBack: number,
    chunks: number,
    chunksEnd: number,
    to: number,
    extras: number,
    extraCount: number,
    scratch: number,
    interleaved: number,
    chunkMax: number,
  ): void;
  squareRows(from: number, to: number, rows: number, length: number, targets: number): void;
  clear(at: number, bytes: number): void;
  /** A part of a permanent. */
  glynn(factors: number, sums: number, toggles: number, first: number, end: number, to: number): void;
  /** A part of a permanent with repeated columns. */
  glynnRepeated(
    factors: number,
    powers: number,
    sums: number,
    variables: number,
    steps: number,
    counters: number,
    parts: number,
    weights: number,
    to: number,
  ): void;
  spacings(seed: bigint, first: number, end: number, sum: number, state: number, layers: number): number;
  total(values: number, size: number, sum: number): number;
  beginSorted(seed: bigint, draws: number, state: number, layers: number): void;
  countSorted(
    values: number,
    first: number,
    end: number,
    scale: number,
    state: number,
    to: number,
    layers: number,
  ): number;
  /** States and their values as text. */
  writeStates(
    counts: number,
    modes: number,
    values: number,
    states: number,
    tables: number,
    to: number,
  ): void;
  /** Shots of a sampler. */
  drawShots(sampler: number, seed: bigint, first: number, end: number, to: number): void;
}

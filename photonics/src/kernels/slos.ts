import { checkStopped, type Watch } from "../simulation/watch.ts";
import { type Arena, arenaBytes, createArena, type Engine, releaseArena } from "./arena.ts";
import {
  type BackTables,
  chunkMax,
  columnBytes,
  type FrontTables,
  interleavedOf,
  placeBack,
  placeBytes,
  placeFront,
  placeRows,
  scratchBytes,
  tableBytes,
  writeColumn,
} from "./row-tables.ts";
import type { SlosPlan } from "./slos-plan.ts";
import { rowUnits, type Unit } from "./slos-units.ts";
import type { Team } from "./team.ts";

/** What a strong simulation gives: amplitudes, real and imaginary parts in turns, or probabilities. */
export type SlosOutput = "amplitudes" | "probabilities";

export interface SlosOptions {
  readonly engine?: Engine;
  /** Threads that help; results are the same bits with and without. */
  readonly team?: Team | undefined;
}

/** A strong simulation whose tables are built: any number of circuits can be run through it. */
export interface Slos {
  readonly plan: SlosPlan;
  readonly arena: Arena;
  /**
   * The values of the plan's states in order, in memory that the next run overwrites.
   * @param columns for each photon where it may go, 2·modes numbers
   * @throws {StoppedError} when asked to stop, within some milliseconds
   */
  run(columns: readonly Float64Array[], watch?: Watch): Float64Array;
  /** To be called when neither this nor any of its values is used any more. */
  release(): void;
}

/** Where a simulation keeps what it computes with. */
export interface SlosPlaces {
  readonly front: FrontTables;
  readonly back: BackTables;
  readonly uFront: number;
  readonly uBack: number;
  /** Of each thread. */
  readonly scratch: readonly number[];
  readonly interleaved: number;
  /** Two buffers that layers are written to in turns; the last one to the first. */
  readonly buffers: readonly [number, number];
}

interface Sizes {
  readonly interleaved: number;
  readonly scratch: number;
  readonly buffers: readonly [number, number];
  readonly bytes: number;
}

function sizesOf(plan: SlosPlan, output: SlosOutput, threads: number): Sizes {
  const { photons, layers, front, back } = plan;
  const interleaved = interleavedOf(back);
  const scratch = scratchBytes(interleaved, Math.min(photons, front.modes));
  const largest = (parity: number) =>
    layers.reduce(
      (most, { size }, k) => (k < photons && (photons - k) % 2 === parity ? Math.max(most, size) : most),
      1,
    );
  const buffers = [
    Math.max(16 * largest(0), (output === "probabilities" ? 8 : 16) * plan.size),
    16 * largest(1),
  ] as const;
  const tables = tableBytes(front) + placeBytes(front) + tableBytes(back);
  const columns = columnBytes(front) + columnBytes(back);
  const bytes = tables + columns + threads * (scratch + 64) + buffers[0] + buffers[1] + 512;
  return { interleaved, scratch, buffers, bytes };
}

/** Bytes that a simulation takes, all told. */
export function slosBytes(plan: SlosPlan, output: SlosOutput, threads = 1): number {
  return arenaBytes(sizesOf(plan, output, threads).bytes);
}

/** @throws {RangeError} when there is no memory for it */
export function createSlos(
  plan: SlosPlan,
  output: SlosOutput,
  { engine = "wasm", team }: SlosOptions = {},
): Slos {
  const threads = 1 + (team?.helpers ?? 0);
  const sizes = sizesOf(plan, output, threads);
  const arena = createArena(sizes.bytes, engine);
  const scratch = Array.from({ length: threads }, () => arena.allocate(sizes.scratch));
  const front = placeFront(plan.front, arena);
  const at: SlosPlaces = {
    front,
    back: placeBack(plan.back, arena, scratch[0]!),
    uFront: arena.allocate(columnBytes(plan.front)),
    uBack: arena.allocate(columnBytes(plan.back)),
    scratch,
    interleaved: sizes.interleaved,
    buffers: [arena.allocate(sizes.buffers[0]), arena.allocate(sizes.buffers[1])],
  };
  placeRows(plan.front, plan.back, plan.photons, front, arena);
  const { photons } = plan;
  const units = Array.from({ length: photons }, (_, k) => rowUnits(plan, at, k + 1, output));
  const work = units.flat().reduce((sum, { cost }) => sum + cost, 0);
  let session: ReturnType<Team["join"]> | undefined;

  const run = (columns: readonly Float64Array[], watch: Watch = {}): Float64Array => {
    arena.floats(at.buffers[photons % 2]!, 2).set(photons === 0 && output === "probabilities" ? [1] : [1, 0]);
    const turned = output === "probabilities" ? realLast(columns) : columns;
    let done = 0;
    for (const [index, column] of turned.entries()) {
      const complex = !(output === "probabilities" && index === photons - 1);
      writeColumn(arena, at.uFront, plan.front, column, 0, complex);
      writeColumn(arena, at.uBack, plan.back, column, plan.front.modes, complex);
      const onDone = ({ cost }: Unit) => {
        done += cost;
        watch.onProgress?.(done / work, "interference");
        checkStopped(watch);
      };
      if (team !== undefined && (units[index]!.at(-1)?.shared ?? false)) {
        session ??= team.join(arena, at.scratch, at.interleaved);
        session.run(units[index]!, onDone);
      } else {
        for (const unit of units[index]!) {
          arena.kernels.slosRows(...unit.call, at.scratch[0]!, at.interleaved, chunkMax);
          onDone(unit);
        }
      }
    }
    return arena.floats(at.buffers[0], (output === "probabilities" ? 1 : 2) * plan.size);
  };
  const release = () => {
    session?.leave();
    releaseArena(arena);
  };
  return { plan, arena, run, release };
}

/** Output phases do not matter to probabilities: those that make the last photon's column real and not negative. */
function realLast(columns: readonly Float64Array[]): Float64Array[] {
  const last = columns.at(-1);
  return columns.map((column) => {
    const turned = new Float64Array(column.length);
    for (let i = 0; i < column.length; i += 2) {
      const length = Math.hypot(last![i]!, last![i + 1]!);
      const re = length === 0 ? 1 : last![i]! / length;
      const im = length === 0 ? 0 : -last![i + 1]! / length;
      turned[i] = column === last ? length : column[i]! * re - column[i + 1]! * im;
      turned[i + 1] = column === last ? 0 : column[i]! * im + column[i + 1]! * re;
    }
    return turned;
  });
}

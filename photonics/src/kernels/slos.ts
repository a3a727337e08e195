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
import { costMax, rowUnits, type Unit } from "./slos-units.ts";
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
  /** Lets the threads that help do other work until the next run. */
  dismiss(): void;
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
  const batches = photons * (64 + 38 * (photons + 1));
  const bytes = tables + columns + batches + threads * (scratch + 64) + buffers[0] + buffers[1] + 512;
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
  const steps = Array.from({ length: photons }, (_, k) =>
    layerStep(rowUnits(plan, at, k + 1, output), arena),
  );
  const work = steps.reduce((sum, { cost }) => sum + cost, 0);
  let session: ReturnType<Team["join"]> | undefined;

  const run = (columns: readonly Float64Array[], watch: Watch = {}): Float64Array => {
    arena.floats(at.buffers[photons % 2]!, 2).set(photons === 0 && output === "probabilities" ? [1] : [1, 0]);
    const turned = output === "probabilities" ? realLast(columns) : columns;
    let done = 0;
    for (const [index, column] of turned.entries()) {
      const complex = !(output === "probabilities" && index === photons - 1);
      writeColumn(arena, at.uFront, plan.front, column, 0, complex);
      writeColumn(arena, at.uBack, plan.back, column, plan.front.modes, complex);
      const onDone = ({ cost }: { readonly cost: number }) => {
        done += cost;
        watch.onProgress?.(done / work, "interference");
        checkStopped(watch);
      };
      const step = steps[index]!;
      const [own] = at.scratch;
      if (step.batch !== undefined) {
        arena.kernels.slosUnits(step.batch, step.units.length, own!, at.interleaved, chunkMax);
        onDone(step);
      } else if (team !== undefined) {
        session ??= team.join(arena, at.scratch, at.interleaved);
        session.run(step.units, onDone);
      } else {
        for (const unit of step.units) {
          arena.kernels.slosRows(...unit.call, own!, at.interleaved, chunkMax);
          onDone(unit);
        }
      }
    }
    return arena.floats(at.buffers[0], (output === "probabilities" ? 1 : 2) * plan.size);
  };
  const dismiss = () => {
    session?.leave();
    session = undefined;
  };
  const release = () => {
    dismiss();
    releaseArena(arena);
  };
  return { plan, arena, run, dismiss, release };
}

/** The units of a layer; those of a small one are in memory, at `batch`, to be computed by one call. */
interface LayerStep {
  readonly units: readonly Unit[];
  readonly cost: number;
  readonly batch?: number;
}

function layerStep(units: readonly Unit[], arena: Arena): LayerStep {
  const cost = units.reduce((sum, unit) => sum + unit.cost, 0);
  if (cost > costMax) return { units, cost };
  return { units, cost, batch: arena.put(Uint32Array.from(units.flatMap(({ call }) => call))) };
}

/** Output phases do not matter to probabilities: those that make the last photon's column real and not negative. */
function realLast(columns: readonly Float64Array[]): Float64Array[] {
  const last = columns.at(-1) ?? new Float64Array(0);
  const lengths = last.map((_, i) => Math.sqrt(last[i & ~1]! ** 2 + last[i | 1]! ** 2));
  const phases = last.map((x, i) => (lengths[i] === 0 ? 1 - (i & 1) : x / lengths[i]!));
  return columns.map((column) => {
    if (column === last) return lengths.map((length, i) => (i & 1 ? 0 : length));
    return column.map((x, i) => {
      const [c, s] = [phases[i & ~1]!, phases[i | 1]!];
      return i & 1 ? x * c - column[i - 1]! * s : x * c + column[i + 1]! * s;
    });
  });
}

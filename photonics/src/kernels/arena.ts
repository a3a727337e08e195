import { readFileSync } from "node:fs";
import type { KernelFunctions } from "./kernel-functions.ts";
import { plainKernels } from "./plain/plain-kernels.ts";

/** Compiled kernels, or the same in TypeScript: both compute the same bits. */
export type Engine = "wasm" | "plain";

/** Memory that kernels compute in, given out from its beginning on. */
export interface Arena {
  readonly engine: Engine;
  readonly kernels: KernelFunctions;
  readonly memory: WebAssembly.Memory;
  /** The address of so many bytes, a multiple of 64. Their content is whatever was there. */
  allocate(bytes: number): number;
  /** The address of a copy. */
  put(table: Uint32Array | Float64Array): number;
  /** Bytes that were given out, with what the code keeps for itself. */
  used(): number;
  floats(at: number, length: number): Float64Array;
  words(at: number, length: number): Uint32Array;
  counts(at: number, length: number): Uint16Array;
}

const pageBytes = 65_536;
/** What the compiled code keeps for itself. */
const reservedBytes = 16_384;
/** A memory up to this size is kept for the next arena: touching pages for the first time costs more than small jobs. */
const keptBytesMax = 64 * 2 ** 20;

let compiled: WebAssembly.Module | undefined;
let kept: WebAssembly.Memory | undefined;

/** The kernels, compiled at the first call. */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("../../kernels/kernels.wasm", import.meta.url)));
  return compiled;
}

/** The kernels of an engine on a memory. */
export function kernelsOn(
  memory: WebAssembly.Memory,
  engine: Engine,
  module?: WebAssembly.Module,
): KernelFunctions {
  if (engine === "plain") return plainKernels(memory.buffer);
  const { exports } = new WebAssembly.Instance(module ?? kernelModule(), { env: { memory } });
  return exports as unknown as KernelFunctions;
}

/** How many bytes of memory an arena of so many bytes takes. */
export function arenaBytes(bytes: number): number {
  return Math.ceil((bytes + reservedBytes) / pageBytes) * pageBytes;
}

/** @throws {RangeError} when there is no such memory: kernels address 4 GiB at most */
export function createArena(bytes: number, engine: Engine = "wasm"): Arena {
  const memory = memoryOf(arenaBytes(bytes));
  const { buffer } = memory;
  let next = reservedBytes;
  const allocate = (size: number): number => {
    const at = next;
    next += Math.ceil(size / 64) * 64;
    if (next > buffer.byteLength) throw new RangeError(`The arena of ${buffer.byteLength} bytes is full`);
    return at;
  };
  const floats = (at: number, length: number) => new Float64Array(buffer, at, length);
  const words = (at: number, length: number) => new Uint32Array(buffer, at, length);
  const counts = (at: number, length: number) => new Uint16Array(buffer, at, length);
  const put = (table: Uint32Array | Float64Array): number => {
    const at = allocate(table.byteLength);
    if (table instanceof Float64Array) floats(at, table.length).set(table);
    else words(at, table.length).set(table);
    return at;
  };
  return {
    engine,
    kernels: kernelsOn(memory, engine),
    memory,
    allocate,
    used: () => next,
    put,
    floats,
    words,
    counts,
  };
}

/** To be called when nothing reads the arena's memory any more. */
export function releaseArena({ memory }: Arena): void {
  const size = memory.buffer.byteLength;
  if (size <= keptBytesMax && (kept === undefined || kept.buffer.byteLength < size)) kept = memory;
}

function memoryOf(bytes: number): WebAssembly.Memory {
  const reused = kept;
  if (reused !== undefined && reused.buffer.byteLength >= bytes) {
    kept = undefined;
    return reused;
  }
  const pages = bytes / pageBytes;
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

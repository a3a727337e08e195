import type { KernelFunctions } from "./kernel-functions.ts";
import { chunkMax } from "./row-tables.ts";

/**
 * A call that any thread may make, in numbers that fit 32 bits. Its results must not depend on which thread makes it,
 * nor on what other calls were made before.
 */
export type SharedCall =
  | {
      readonly kernel: "slosRows" | "glynn" | "glynnRepeated" | "writeStates";
      readonly call: readonly number[];
    }
  | { readonly kernel: "drawShots"; readonly call: readonly number[]; readonly seed: bigint };

/** What the leader and helpers share: a few words, then the calls. */
export const control = {
  /** Goes up by one when there are calls to make, or nothing more to do. */
  round: 0,
  /** The next call to make, and how many there are. */
  next: 1,
  count: 2,
  /** Helpers that have made all calls they took. */
  finished: 3,
  /** 1 when helpers shall leave. */
  over: 4,
  calls: 16,
} as const;

const callWords = 24;
/** More calls than this are made in several rounds. */
export const callsMax = 2048;
export const controlBytes = 4 * (control.calls + callsMax * callWords);

const kernels = ["slosRows", "glynn", "glynnRepeated", "drawShots", "writeStates"] as const;

export function writeCall(words: Int32Array, index: number, shared: SharedCall): void {
  const at = control.calls + index * callWords;
  words[at] = kernels.indexOf(shared.kernel);
  words.set(shared.call, at + 1);
  if (shared.kernel !== "drawShots") return;
  words[at + callWords - 2] = Number(BigInt.asIntN(32, shared.seed));
  words[at + callWords - 1] = Number(BigInt.asIntN(32, shared.seed >> 32n));
}

/** What a thread computes with. */
export interface Hand {
  readonly kernels: KernelFunctions;
  readonly scratch: number;
  readonly interleaved: number;
}

/** Makes calls until none is left. @param onDone told the index of each */
export function makeCalls(words: Int32Array, hand: Hand, onDone: (index: number) => void): void {
  const count = Atomics.load(words, control.count);
  while (true) {
    const index = Atomics.add(words, control.next, 1);
    if (index >= count) return;
    makeCall(words, control.calls + index * callWords, hand);
    onDone(index);
  }
}

function makeCall(words: Int32Array, at: number, { kernels: on, scratch, interleaved }: Hand): void {
  const kernel = kernels[words[at]!]!;
  const call = Array.from(words.subarray(at + 1, at + callWords), (word) => word >>> 0) as unknown as never;
  if (kernel === "slosRows") {
    const rows = call as Parameters<KernelFunctions["slosRows"]>;
    rows.splice(19, Number.POSITIVE_INFINITY, scratch, interleaved, chunkMax);
    on.slosRows(...rows);
  } else if (kernel === "drawShots") {
    const [sampler, first, end, to] = call as [number, number, number, number];
    const seed = (BigInt(words[at + callWords - 1]!) << 32n) | BigInt(words[at + callWords - 2]! >>> 0);
    on.drawShots(sampler, BigInt.asUintN(64, seed), first, end, to);
  } else if (kernel === "glynn") on.glynn(...(call as Parameters<KernelFunctions["glynn"]>));
  else if (kernel === "writeStates") on.writeStates(...(call as Parameters<KernelFunctions["writeStates"]>));
  else on.glynnRepeated(...(call as Parameters<KernelFunctions["glynnRepeated"]>));
}

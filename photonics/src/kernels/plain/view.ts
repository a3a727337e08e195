/** The memory of kernels, as numbers of each size: an address divided by the size is the index. */
export interface View {
  readonly f64: Float64Array;
  readonly u32: Uint32Array;
  readonly i32: Int32Array;
  readonly u16: Uint16Array;
  readonly u8: Uint8Array;
}

export function viewOf(buffer: ArrayBufferLike): View {
  return {
    f64: new Float64Array(buffer),
    u32: new Uint32Array(buffer),
    i32: new Int32Array(buffer),
    u16: new Uint16Array(buffer),
    u8: new Uint8Array(buffer),
  };
}

/** Marks the last term of a row's record. */
export const lastTerm = 0x8000_0000;

/** The target of rows that are left out. */
export const nowhere = 0xffff_ffff;

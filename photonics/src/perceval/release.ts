/** Smaller ones may share their memory with others, and do not matter. */
const worthwhile = 2 ** 20;

/**
 * Gives the memory of bytes back at once, which are not to be used any more: several large strings of one payload would
 * otherwise pile up until the collector comes.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  if (byteLength >= worthwhile && buffer instanceof ArrayBuffer) buffer.transfer(0);
}

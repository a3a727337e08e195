/** Smaller ones may share their memory with others, and do not matter. */
const worthwhile = 2 ** 20;

/**
 * Gives the memory of bytes back at once, which are not to be used any more: several large strings of one payload would
 * otherwise pile up until the collector comes.
 */
export function release({ buffer, byteLength }: Uint8Array): void {
  // Node 20, in which clients may run, cannot: its collector comes when it comes.
  if (byteLength >= worthwhile && buffer instanceof ArrayBuffer && "transfer" in buffer) buffer.transfer(0);
}

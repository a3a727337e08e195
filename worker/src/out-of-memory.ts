import type { JobErrorCode } from "@corbenic/protocol";

/** How a job that is too large ends: any attempt would, with so much memory. */
export const needsTooMuchMemory = {
  kind: "failed",
  message: "The job needs more memory than one job may take on its worker.",
  code: "out_of_memory" satisfies JobErrorCode,
  retryable: false,
} as const;

/** Whether an error says that memory was asked for and not given. */
export function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") return true;
  return error instanceof RangeError && ranOut.test(error.message);
}

/** Whether the last words of a process say that it ended for want of memory. */
export function diedOfMemory(lastWords: string): boolean {
  return /FATAL ERROR|Fatal JavaScript/.test(lastWords) && ranOut.test(lastWords);
}

/** The engine's own words, for the whole heap, buffers, tables, arrays and strings. */
const ranOut =
  /out of memory|allocation failed|could not allocate|maximum size exceeded|invalid size error|invalid (typed array|array|string) length/i;

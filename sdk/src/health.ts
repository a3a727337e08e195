import { call, getHealth } from "@corbenic/protocol";

/** Asks a cloud whether it is well. @throws {UnreachableError} when nothing answers that is a cloud */
export function readHealth(
  url: string,
  options: { signal?: AbortSignal } = {},
): Promise<{ status: "ok"; version: string }> {
  return call(getHealth, { baseUrl: url }, options);
}

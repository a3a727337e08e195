import { Problem } from "@corbenic/protocol";

/** A point in time that a client gave. @throws {Problem} `invalid_request` for what the calendar does not have */
export function readInstant(text: string | undefined, path: string): Date | undefined {
  if (text === undefined) return undefined;
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime()) || instant.getUTCFullYear() < 1) {
    throw new Problem("invalid_request", `There is no time ${text}.`, { detail: { path } });
  }
  return instant;
}

/**
 * Whether a statement failed because the database cannot be reached, is starting or stopping, or has no room: it may
 * succeed a little later. What the statement meant to do may have been done when its answer was lost.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (networkCodes.has(code) || sqlStates.test(code)) return true;
  return lostConnection.test(error.message);
}

/** Whether that was for want of room on the disk. */
export function isDiskFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if ("code" in at && (at.code === "53100" || at.code === "ENOSPC")) return true;
    if (at.message.includes("No space left on device")) return true;
  }
  return false;
}

const networkCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
]);

/** Connection exceptions, transactions that waited too long, shutdowns, and no connections, disk or memory left. */
const sqlStates = /^(08...|25P03|57P0[1-3]|53...)$/;

/** What the driver says without a code. */
const lostConnection =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired|Query read timeout)/;

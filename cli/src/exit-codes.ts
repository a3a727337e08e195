/** What the exit code of every command means; `docs/cli.md` shows this table. */
export const exitCodes = {
  ok: { code: 0, meaning: "done" },
  failed: { code: 1, meaning: "the cloud cannot start, cannot be reached, or something broke" },
  usage: { code: 2, meaning: "the command line, an environment variable or the configuration file is wrong" },
  refused: { code: 3, meaning: "the cloud refused: not allowed, not found, not valid, no room" },
  notAuthenticated: {
    code: 4,
    meaning: "no token, one that is not valid, or a login that is not recent enough: log in",
  },
  jobFailed: { code: 5, meaning: "the job ended as error or canceled" },
  timedOut: { code: 6, meaning: "what was waited for did not happen in time" },
  interrupted: { code: 130, meaning: "stopped by Ctrl-C" },
} as const;

/** Something in how the command was called: what, and what would be right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A command needs a token, and there is none. */
export class NotLoggedInError extends Error {
  override readonly name = "NotLoggedInError";
}

/** What was waited for did not happen in time. */
export class TimedOutError extends Error {
  override readonly name = "TimedOutError";
}

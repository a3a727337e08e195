import { AssertionError, CloudError, JobFailedError } from "@corbenic/sdk";
import { Problem } from "@corbenic/sdk/endpoints";
import { StartError } from "@corbenic/server";
import { CommanderError } from "commander";
import { exitCodes, NotLoggedInError, TimedOutError, UsageError } from "./exit-codes.ts";
import { harmless } from "./print/table.ts";

type Explanation = { readonly code: number; readonly message: string };

/** What to tell of an error on standard error, and the exit code it ends the program with. */
export function explain(error: unknown): Explanation {
  if (error instanceof CommanderError) {
    // Commander has already said it; help that was asked for is no error.
    return { code: error.exitCode === 0 ? exitCodes.ok.code : exitCodes.usage.code, message: "" };
  }
  if (error instanceof UsageError || error instanceof AssertionError) return ending(exitCodes.usage, error);
  if (error instanceof NotLoggedInError) return ending(exitCodes.notAuthenticated, error);
  if (error instanceof TimedOutError) return ending(exitCodes.timedOut, error);
  if (error instanceof StartError) return ending(exitCodes.failed, error);
  if (error instanceof JobFailedError) return ending(exitCodes.jobFailed, error);
  if (error instanceof CloudError) return explainCloudError(error);
  // What a worker is refused with comes as the protocol has it.
  if (error instanceof Problem) return explainCloudError(CloudError.from(error));
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.failed.code, message: `corbenic broke, which is a bug: ${message}` };
}

function explainCloudError(error: CloudError): Explanation {
  const { code, status, message, remedy, requestId } = error;
  const request = requestId === undefined ? "" : ` (request ${requestId})`;
  const exit =
    status === undefined || status >= 500
      ? exitCodes.failed
      : code === "not_authenticated" || code === "login_refused"
        ? exitCodes.notAuthenticated
        : exitCodes.refused;
  return { code: exit.code, message: `${harmless(message)} ${remedy}${request}` };
}

function ending({ code }: { code: number }, { message }: Error): Explanation {
  return { code, message: harmless(message) };
}

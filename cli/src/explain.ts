import { AssertionError, CloudError, JobFailedError } from "@corbenic/sdk";
import { Problem } from "@corbenic/sdk/endpoints";
import { CommanderError } from "commander";
import { exitCodes, NotLoggedInError, TimedOutError, UsageError } from "./exit-codes.ts";
import { harmless } from "./print/table.ts";

export interface Explanation {
  /** That the program ends with. */
  readonly code: number;
  /** For people, on standard error; empty where all has been said. */
  readonly message: string;
  /** The same for programs. */
  readonly error: object;
}

/** What to tell of an error, and the exit code it ends the program with. */
export function explain(error: unknown): Explanation {
  if (error instanceof CommanderError) {
    // Commander has already said it; help that was asked for is no error.
    const code = error.exitCode === 0 ? exitCodes.ok.code : exitCodes.usage.code;
    return { code, message: "", error: {} };
  }
  if (error instanceof UsageError || error instanceof AssertionError)
    return ending(exitCodes.usage, "usage", error);
  if (error instanceof NotLoggedInError) return ending(exitCodes.notAuthenticated, "not_logged_in", error);
  if (error instanceof TimedOutError) return ending(exitCodes.timedOut, "timed_out", error);
  if (error instanceof JobFailedError) return ending(exitCodes.jobFailed, "job_failed", error);
  if (error instanceof CloudError) return explainCloudError(error);
  // What a worker is refused with comes as the protocol has it.
  if (error instanceof Problem) return explainCloudError(CloudError.from(error));
  // Known by its name: its class would bring the whole server along.
  if (error instanceof Error && error.name === "StartError")
    return ending(exitCodes.failed, "cannot_start", error);
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `corbenic broke, which is a bug: ${trace}`;
  return { code: exitCodes.failed.code, message, error: { code: "broken", message } };
}

/** What logging in is the answer to. */
const logInCodes: ReadonlySet<string> = new Set(["not_authenticated", "login_refused", "login_not_recent"]);

function explainCloudError(error: CloudError): Explanation {
  const { code, status, message, remedy, requestId, detail } = error;
  const exit =
    status === undefined || status >= 500
      ? exitCodes.failed
      : logInCodes.has(code)
        ? exitCodes.notAuthenticated
        : exitCodes.refused;
  const lines = [
    ...sentencesOf(error),
    ...valuesOf(error),
    remedy,
    ...(requestId === undefined ? [] : [`(request ${requestId})`]),
  ];
  return {
    code: exit.code,
    message: lines.map(harmless).join("\n"),
    error: { code, message, status: status ?? null, request_id: requestId ?? null, remedy, detail },
  };
}

/** All that is wrong, each on a line of its own. */
function sentencesOf({ message, detail: { findings } }: CloudError): string[] {
  const found = Array.isArray(findings) ? (findings as readonly { readonly message?: unknown }[]) : [];
  const sentences = found.flatMap((each) => (typeof each.message === "string" ? [each.message] : []));
  return sentences.length > 1 ? sentences : [message];
}

/** The values in question that the sentence does not name. */
function valuesOf({ message, detail }: CloudError): string[] {
  return Object.entries(detail).flatMap(([key, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    const isPlain = values.every((each) => typeof each === "string" || typeof each === "number");
    const text = values.join(", ");
    return !isPlain || text === "" || message.includes(text)
      ? []
      : [`  ${key.replaceAll("_", " ")}: ${text}`];
  });
}

function ending(exit: { code: number }, code: string, { message }: Error): Explanation {
  return { code: exit.code, message: harmless(message), error: { code, message } };
}

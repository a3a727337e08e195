import { CloudError, JobFailedError } from "@corbenic/sdk";
import { StartError } from "@corbenic/server";
import { CommanderError } from "commander";
import { exitCodes, TimedOutError, UsageError } from "./exit-codes.ts";
import { harmless } from "./print/table.ts";

/** What to tell of an error on standard error, and the exit code it ends the program with. */
export function explain(error: unknown): { code: number; message: string } {
  if (error instanceof CommanderError) {
    // Commander has already said it; help that was asked for is no error.
    return { code: error.exitCode === 0 ? exitCodes.ok.code : exitCodes.usage.code, message: "" };
  }
  if (error instanceof UsageError) return { code: exitCodes.usage.code, message: error.message };
  if (error instanceof TimedOutError) return { code: exitCodes.timedOut.code, message: error.message };
  if (error instanceof StartError) return { code: exitCodes.failed.code, message: error.message };
  if (error instanceof JobFailedError) {
    return { code: exitCodes.jobFailed.code, message: harmless(error.message) };
  }
  if (error instanceof CloudError) {
    const request = error.requestId === undefined ? "" : ` (request ${error.requestId})`;
    const sentence = harmless(error.message).replace(/[^.?!]$/, "$&.");
    return { code: exitCodeOf(error), message: `${sentence} ${error.remedy}${request}` };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.failed.code, message: `corbenic broke, which is a bug: ${message}` };
}

function exitCodeOf({ code }: CloudError): number {
  if (code === "unreachable" || code === "unexpected_answer") return exitCodes.failed.code;
  return code === "not_authenticated" ? exitCodes.notAuthenticated.code : exitCodes.refused.code;
}

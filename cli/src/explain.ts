import { JobFailedError, Problem, UnreachableError } from "@corbenic/sdk";
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
  if (error instanceof UnreachableError) {
    return {
      code: exitCodes.failed.code,
      message: `${error.message}. Check --url, and that the cloud runs (npm start).`,
    };
  }
  if (error instanceof JobFailedError) {
    return { code: exitCodes.jobFailed.code, message: harmless(error.message) };
  }
  if (error instanceof Problem) {
    const refused = error.code === "not_authenticated" ? exitCodes.notAuthenticated : exitCodes.refused;
    const request = error.requestId === undefined ? "" : ` (request ${error.requestId})`;
    return { code: refused.code, message: `${harmless(error.message)} ${error.remedy}${request}` };
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: exitCodes.failed.code, message: `corbenic broke, which is a bug: ${message}` };
}

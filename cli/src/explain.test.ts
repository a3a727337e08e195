import { CloudError, JobFailedError } from "@corbenic/sdk";
import { StartError } from "@corbenic/server";
import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { exitCodes, TimedOutError, UsageError } from "./exit-codes.ts";
import { explain } from "./explain.ts";

test.each([
  [new UsageError("Wrong."), exitCodes.usage, "Wrong."],
  [new CommanderError(1, "commander.unknownCommand", "said"), exitCodes.usage, ""],
  [new CommanderError(0, "commander.helpDisplayed", "said"), exitCodes.ok, ""],
  [new StartError("Port taken."), exitCodes.failed, "Port taken."],
  [new TimedOutError("Too late."), exitCodes.timedOut, "Too late."],
  [new CloudError("unreachable", "Cannot reach it"), exitCodes.failed, "Cannot reach it. Check the URL"],
  [new CloudError("not_authenticated", "Who?"), exitCodes.notAuthenticated, "Who? Send 'Authorization"],
  [new CloudError("job_not_found", "None.", { requestId: "r1" }), exitCodes.refused, "(request r1)"],
  [new JobFailedError("1", "error", "why\u001b"), exitCodes.jobFailed, "why\\u001b"],
  [new Error("odd"), exitCodes.failed, "which is a bug"],
])("%s has an exit code and a sentence of its own", (error, { code }, message) => {
  const explained = explain(error);
  expect(explained.code).toBe(code);
  expect(explained.message).toContain(message);
});

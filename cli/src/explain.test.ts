import { AssertionError, CloudError, JobFailedError } from "@corbenic/sdk";
import { StartError } from "@corbenic/server";
import { CommanderError } from "commander";
import { expect, test } from "vitest";
import { exitCodes, NotLoggedInError, TimedOutError, UsageError } from "./exit-codes.ts";
import { explain } from "./explain.ts";

test.each([
  [new UsageError("Wrong."), exitCodes.usage, "Wrong."],
  [new CommanderError(1, "commander.unknownCommand", "said"), exitCodes.usage, ""],
  [new CommanderError(0, "commander.helpDisplayed", "said"), exitCodes.ok, ""],
  [new StartError("Port taken."), exitCodes.failed, "Port taken."],
  [new TimedOutError("Too late."), exitCodes.timedOut, "Too late."],
  [new CloudError("unreachable", "Cannot reach it."), exitCodes.failed, "Cannot reach it.\nCheck the URL"],
  [new NotLoggedInError("Log in."), exitCodes.notAuthenticated, "Log in."],
  [new AssertionError("No."), exitCodes.usage, "No."],
  [
    new CloudError("not_authenticated", "Who?", { status: 401 }),
    exitCodes.notAuthenticated,
    "Who?\nSend 'Authorization",
  ],
  [
    new CloudError("job_not_found", "None.", { status: 404, requestId: "r1" }),
    exitCodes.refused,
    "(request r1)",
  ],
  [new JobFailedError("1", "error", "why\u001b"), exitCodes.jobFailed, "why\\u001b"],
  [new Error("odd"), exitCodes.failed, "which is a bug"],
])("%s has an exit code and a sentence of its own", (error, { code }, message) => {
  const explained = explain(error);
  expect(explained.code).toBe(code);
  expect(explained.message).toContain(message);
});

test("a refusal tells all that is wrong, the values in question, and what to do, on lines of their own", () => {
  const findings = [{ message: "One is wrong." }, { message: "Two is wrong." }];
  const detail = { findings, path: "payload.command", token_ids: [7, 9] };
  const refused = new CloudError("invalid_payload", "One is wrong. Two is wrong.", {
    status: 422,
    requestId: "r1",
    detail,
  });
  const { message, error } = explain(refused);
  expect(message.split("\n")).toEqual([
    "One is wrong.",
    "Two is wrong.",
    "  path: payload.command",
    "  token ids: 7, 9",
    refused.remedy,
    "(request r1)",
  ]);
  expect(error).toMatchObject({ code: "invalid_payload", request_id: "r1", detail });
});

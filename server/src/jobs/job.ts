import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import { type JobSubmission, type PlatformSpecs, Problem } from "@corbenic/protocol";
import type { Static } from "typebox";
import type { JobRow } from "./job-store.ts";

export type Submission = Static<typeof JobSubmission>;

/**
 * Checks that a payload can be run where it is sent, by decoding all of it. The control plane never simulates.
 * @returns the command that it asks for
 * @throws {Problem} `invalid_payload` with the path inside the payload, or `command_not_available`
 */
export function admit(payload: Submission["payload"], platformName: string, specs: PlatformSpecs): string {
  const { command } = decode(payload);
  if (!specs.available_commands.includes(command)) {
    throw new Problem(
      "command_not_available",
      `${platformName} cannot run the command ${command}: it offers ${specs.available_commands.join(", ")}.`,
      { detail: { command, available_commands: specs.available_commands } },
    );
  }
  return command;
}

function decode(payload: Submission["payload"]): { command: string } {
  try {
    return decodePayload(payload);
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    throw new Problem("invalid_payload", error.message, {
      detail: { reason: error.code, path: error.path, found: error.found, allowed: error.allowed },
      cause: error,
    });
  }
}

/** The job as its owner's client polls it. */
export function presentStatus(row: JobRow) {
  return {
    job_id: row.id,
    name: row.name,
    platform_name: row.platform_name,
    status: row.state,
    progress: row.state === "completed" ? 1 : row.progress,
    progress_message: row.progress_message ?? "",
    ...(row.status_message === null ? {} : { status_message: row.status_message }),
    // Clients of 0.7 to 0.12 need this key of a job that failed, and show it to people.
    ...(row.state === "error" || row.state === "canceled"
      ? { failure_code: row.status_message ?? row.state }
      : {}),
    creation_datetime: row.created_s,
    ...(row.started_s === null ? {} : { start_time: row.started_s }),
    ...(row.duration_s === null ? {} : { duration: Math.max(0, Math.round(row.duration_s)) }),
  };
}

import { type BodyOf, type completeJob, Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { sha256 } from "./lease.ts";
import { findStaged } from "./staging-store.ts";

/**
 * The results that a worker reports: in the report itself, or put together from what it has staged.
 * @throws {Problem} `result_incomplete` when what is staged is not what the worker meant to send
 */
export async function readReportedResults(
  db: Queryable,
  jobId: string,
  hash: Buffer,
  body: BodyOf<typeof completeJob>,
): Promise<string> {
  if ("results" in body) return body.results;
  const staged = await findStaged(db, jobId, hash);
  if (staged === undefined || sha256(staged.results).toString("hex") !== body.sha256) {
    throw new Problem(
      "result_incomplete",
      `The parts of the result of job ${jobId} are not those that were meant.`,
      {
        detail: { parts: staged?.parts ?? null, sha256: body.sha256 },
      },
    );
  }
  return staged.results;
}

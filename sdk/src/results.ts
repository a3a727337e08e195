import { decodeResult, type ReadRun } from "@corbenic/photonics/perceval";

/** A job's results: one run, or one for each iteration. */
export interface JobResults {
  /** Of the only run, or the first: from each output state, such as `|2,0>`, to its probability or count. */
  readonly distribution: ReadonlyMap<string, number>;
  readonly runs: readonly ReadRun[];
}

/** Reads what the cloud gives for a job. @throws {BadPayload} for what no client could read */
export function readResults(results: string): JobResults {
  const runs = decodeResult(results);
  return { distribution: runs[0]?.states ?? new Map(), runs };
}

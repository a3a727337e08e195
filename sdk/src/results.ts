import { decodeResult, encodeValue, type ReadRun } from "@corbenic/photonics/perceval";
import { Distribution } from "./distribution.ts";

/** What one run of an experiment gave. */
export interface RunResults extends Omit<ReadRun, "states"> {
  readonly distribution: Distribution;
}

/** A job's results: one run, or one for each iteration. */
export interface JobResults extends RunResults {
  /** All runs; the properties beside it are those of the first. */
  readonly runs: readonly RunResults[];
}

/** Reads what the cloud gives for a job. @throws {BadPayload} for what no client could read */
export function readResults(results: string): JobResults {
  const runs = decodeResult(results).map(({ states, ...run }) => ({
    ...run,
    distribution: new Distribution(states),
  }));
  return { ...runs[0]!, runs };
}

/**
 * Writes a distribution as the results that a worker reports: the JSON string that clients parse. The job's context
 * goes back as it came, and is left out where there is none, since clients fail on a null there.
 */
export function writeResults(states: ReadonlyMap<string, number>, jobContext: unknown): string {
  return JSON.stringify({
    results: encodeValue("BSDistribution", states),
    global_perf: 1,
    ...(jobContext === undefined || jobContext === null ? {} : { job_context: jobContext }),
  });
}

/** A job's results, read from the string that the cloud gives. */
export interface JobResults {
  /** From each output state, such as `|2,0>`, to its probability. */
  readonly distribution: ReadonlyMap<string, number>;
}

export function readResults(results: string): JobResults {
  const parsed = JSON.parse(results) as { results: string };
  const entries = parsed.results.slice(":PCVL:BSDistribution:{".length, -1).split(";");
  return {
    distribution: new Map(
      entries.map((entry) => [
        entry.slice(0, entry.indexOf("=")),
        Number(entry.slice(entry.indexOf("=") + 1)),
      ]),
    ),
  };
}

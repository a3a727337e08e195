/** What an operator lets jobs of a platform take. Null where there is no limit. */
export interface PlatformLimits {
  /** Shots of one job. */
  readonly shotsMax: number | null;
  /** Seconds that one attempt may run. */
  readonly durationSMax: number | null;
  /** Jobs that may wait or run on the platform. */
  readonly queueMax: number | null;
  /** Bytes of one job's result. */
  readonly resultBytesMax: number | null;
  /** Jobs that one account may have waiting or running on the platform. */
  readonly jobsPerAccountMax: number | null;
}

/** The limits as the database keeps them. What is not a number is no limit. */
export function readLimits(stored: Readonly<Record<string, unknown>>): PlatformLimits {
  const limit = (key: string) => {
    const value = stored[key];
    return typeof value === "number" ? value : null;
  };
  return {
    shotsMax: limit("shots_max"),
    durationSMax: limit("duration_s_max"),
    queueMax: limit("queue_max"),
    resultBytesMax: limit("result_bytes_max"),
    jobsPerAccountMax: limit("jobs_per_account_max"),
  };
}

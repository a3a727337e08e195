/** Every bound of the control plane, with its unit in its name. */
export interface Limits {
  /** How long a lease lasts unless renewed. */
  readonly leaseMs: number;
  /** How often the reaper looks for leases that were not renewed. */
  readonly reaperMs: number;
  /** How often it is noted which platforms are in maintenance or unreachable by now. */
  readonly statusMs: number;
  /** How often the feed of events looks for new ones. */
  readonly eventsMs: number;
  /** Streams of events that one account may follow at once, in each process. */
  readonly streamsMax: number;
  /** How often the use of credentials is written down. */
  readonly usageMs: number;
  /** How often the end of the audit trail is noted beside the database. */
  readonly anchorMs: number;
  /** How often what is over is cleared away. */
  readonly sweepMs: number;
  /** How often a process looks for jobs that nothing has announced to the workers that wait here. */
  readonly queuePollMs: number;
  /** How long a worker may take to acknowledge a cancellation. */
  readonly cancelGraceMs: number;
  /** How long a job may wait or be suspended. */
  readonly jobAgeMaxDays: number;
  /** Largest result that is stored. */
  readonly resultBytesMax: number;
  /** About how long a job waits before its second attempt; each further one twice as long. */
  readonly retryDelayMs: number;
  /** Attempts that a job gets before it ends in error, on platforms that compute. */
  readonly attemptsMax: number;
  /** The same on platforms that measure, whose names begin with `qpu:`. */
  readonly attemptsMaxOnHardware: number;
  /** How long one attempt may run. */
  readonly jobDurationS: number;
  /** Jobs that one account may have waiting or running. */
  readonly jobsInQueueMax: number;
  /** How long the job that an Idempotency-Key made is remembered: a day at least. */
  readonly idempotencyKeepMs: number;
  /** How often what is no longer needed is cleared away. */
  readonly housekeepingMs: number;
  /** Largest intermediate results of one heartbeat. */
  readonly intermediateBytesMax: number;
  /** Intermediate results kept of one attempt, the latest. */
  readonly intermediateResultsMax: number;
  /** Whether administrators may read the payloads and results of other accounts. */
  readonly administratorsReadResults: boolean;
  /** How long requests that are under way may take to be answered when the server stops. */
  readonly closeGraceMs: number;
  /** Largest request body that is read. */
  readonly bodyBytesMax: number;
}

export const defaultLimits: Limits = {
  leaseMs: 60_000,
  reaperMs: 5_000,
  statusMs: 5_000,
  eventsMs: 500,
  streamsMax: 20,
  usageMs: 60_000,
  anchorMs: 60_000,
  sweepMs: 3_600_000,
  queuePollMs: 2_000,
  cancelGraceMs: 30_000,
  jobAgeMaxDays: 30,
  resultBytesMax: 32 * 1024 * 1024,
  retryDelayMs: 5_000,
  attemptsMax: 3,
  attemptsMaxOnHardware: 2,
  jobDurationS: 3_600,
  jobsInQueueMax: 100_000,
  idempotencyKeepMs: 48 * 3_600_000,
  housekeepingMs: 10_000,
  intermediateBytesMax: 64 * 1024,
  intermediateResultsMax: 100,
  administratorsReadResults: false,
  closeGraceMs: 8_000,
  bodyBytesMax: 8 * 1024 * 1024,
};

import type { LeasedJob } from "@corbenic/protocol";

/** How a run ended. One that did not complete has the result of what was finished, if anything was. */
export type Outcome =
  | { readonly kind: "completed"; readonly results: string }
  | {
      readonly kind: "failed";
      readonly message: string;
      /** One of docs/job-errors.md, or one of the runner's own: lower case letters, digits and underscores. */
      readonly code?: string;
      readonly retryable: boolean;
      readonly partial?: string;
    }
  | { readonly kind: "stopped"; readonly partial?: string };

export interface RunOptions {
  /** Aborts when the run must stop; what it answers then is `stopped`, or what it had finished just before. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: number, phase: string) => void;
}

/** What computes or measures jobs: the simulator, or whatever a laboratory puts behind a platform. */
export interface Runner {
  /** How many jobs it runs at the same time. */
  readonly slots: number;
  /** Resolves when it can take a job; absent for one that always can. */
  untilReady?(signal: AbortSignal): Promise<void>;
  /** What it measured of itself, for the platforms that it simulates; absent for one that says so by other ways. */
  perfs?(): Promise<Readonly<Record<string, number>> | undefined>;
  /** Memory in bytes that the job is expected to take. */
  memoryBytesOf(job: LeasedJob): number;
  /** Runs a job. It does not throw for what is wrong with the job: that is an outcome. */
  run(job: LeasedJob, options: RunOptions): Promise<Outcome>;
  close(): Promise<void>;
}

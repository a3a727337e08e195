import type { EngineSpeed } from "@corbenic/photonics/cost";
import type { Outcome } from "./runner.ts";

/** What a simulation process is asked: to run a job, to stop the one that it runs, or how fast it computes. */
export type ToProcess =
  | { readonly kind: "run"; readonly payload: Record<string, unknown>; readonly setting: unknown }
  | { readonly kind: "stop" }
  | { readonly kind: "measure" };

/** A job for the thread that computes, and the shared flag that becomes 1 when it must stop. */
export interface JobForThread {
  readonly kind: "run";
  readonly payload: Record<string, unknown>;
  /** What the job is prepared with, from whoever runs it. */
  readonly setting: unknown;
  readonly stop: ArrayBufferLike;
}

export type ToThread = JobForThread | { readonly kind: "measure" };

/** What is told of a job while it runs, and last how it ended. */
export type FromThread =
  | { readonly kind: "progress"; readonly progress: number; readonly phase: string }
  /** A step of an iterator, encoded, at once: it is not lost when a later one breaks everything. */
  | { readonly kind: "step"; readonly step: string; readonly around: string | undefined }
  /** Without results where all steps were told. */
  | { readonly kind: "completed"; readonly results: string | undefined }
  | Exclude<Outcome, { readonly kind: "completed" }>
  /** Not of a job, but when that was asked. */
  | { readonly kind: "speed"; readonly speed: EngineSpeed };

/** All of that from the process, and that its thread is no more. */
export type FromProcess =
  | FromThread
  | { readonly kind: "broken"; readonly message: string; readonly outOfMemory: boolean };

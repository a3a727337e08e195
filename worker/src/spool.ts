import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { LeasedJob } from "@corbenic/protocol";
import type { Log } from "./log.ts";

/** A finished result that the cloud has not heard of, and the lease under which it counts. */
export interface SpooledResult {
  readonly job_id: string;
  readonly lease_token: string;
  readonly results: string;
}

/** Finished results that wait for the cloud, across restarts of the worker. */
export interface Spool {
  /** Keeps a result; when this returns true it is on the disk. */
  keep(job: Pick<LeasedJob, "job_id" | "lease_token">, results: string): boolean;
  forget(jobId: string): void;
  /** What an earlier run of the worker has left. */
  list(): SpooledResult[];
}

export interface SpoolLimits {
  readonly resultsMax: number;
  readonly bytesMax: number;
}

const defaultLimits: SpoolLimits = { resultsMax: 256, bytesMax: 256 * 1024 * 1024 };

/** A worker without a directory keeps nothing: what the cloud did not hear is computed again. */
export const noSpool: Spool = { keep: () => false, forget: () => undefined, list: () => [] };

/** A spool in a directory of its own, readable by this user only: leases are secrets. */
export function openSpool(directory: string, log: Log, limits: SpoolLimits = defaultLimits): Spool {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const pathOf = (jobId: string) => join(directory, `${jobId}.json`);
  const sizes = new Map<string, number>();
  for (const file of readdirSync(directory)) {
    const path = join(directory, file);
    if (!file.endsWith(".json")) rmSync(path, { force: true });
    else sizes.set(file.slice(0, -".json".length), readFileSync(path).length);
  }

  return {
    keep({ job_id, lease_token }, results) {
      const text = JSON.stringify({ job_id, lease_token, results } satisfies SpooledResult);
      const bytes = [...sizes.values()].reduce((total, size) => total + size, Buffer.byteLength(text));
      if (sizes.size >= limits.resultsMax || bytes > limits.bytesMax) {
        log.warn({ job: job_id, kept: sizes.size }, "the spool is full: this result is not kept on disk");
        return false;
      }
      try {
        writeWhole(directory, pathOf(job_id), text);
      } catch (error) {
        log.warn({ job: job_id, err: error }, "the result cannot be kept on disk");
        return false;
      }
      sizes.set(job_id, Buffer.byteLength(text));
      return true;
    },
    forget(jobId) {
      if (sizes.delete(jobId)) rmSync(pathOf(jobId), { force: true });
    },
    list() {
      return [...sizes.keys()].flatMap((jobId) => {
        const kept = read(pathOf(jobId));
        if (kept === undefined)
          log.warn({ job: jobId }, "a result in the spool cannot be read and is dropped");
        return kept ?? [];
      });
    },
  };
}

/** The file is there whole or not at all, whenever the power fails. */
function writeWhole(directory: string, path: string, text: string): void {
  const half = `${path}.half`;
  try {
    const file = openSync(half, "w", 0o600);
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(half, path);
  } catch (error) {
    // On a full disk the next result finds the room that this one did not.
    rmSync(half, { force: true });
    throw error;
  }
  const folder = openSync(directory, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function read(path: string): SpooledResult | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as SpooledResult;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

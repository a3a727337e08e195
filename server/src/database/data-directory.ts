import { accessSync, constants, mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { StartError } from "../start-error.ts";

/** The directory that holds everything an embedded cloud keeps, owned by one process at a time. */
export interface DataDirectory {
  readonly path: string;
  readonly postgresPath: string;
  readonly credentialsPath: string;
  readonly auditAnchorsPath: string;
  release(): void;
}

/**
 * Makes the directory where it is missing and locks it. The lock is one of the operating system's, taken
 * through SQLite, so that it ends with the process however the process ends.
 * @throws {StartError} when the directory cannot be written or another process holds it
 */
export function acquireDataDirectory(path: string): DataDirectory {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new StartError(
      `Cannot write to the data directory ${path} (${codeOf(cause)}): give this user write permission, or choose another with --data-dir.`,
      { cause },
    );
  }
  const lock = lockFile(path);
  return {
    path,
    postgresPath: join(path, "postgres"),
    credentialsPath: join(path, "local-credentials.json"),
    auditAnchorsPath: join(path, "audit-anchors.jsonl"),
    release: () => lock.close(),
  };
}

function lockFile(path: string): DatabaseSync {
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(path, "lock"), { timeout: 0 });
    lock.exec("pragma journal_mode = memory; begin exclusive");
    return lock;
  } catch (cause) {
    lock?.close();
    throw new StartError(
      `Another process uses the data directory ${path}: stop that one first, or choose another directory with --data-dir.`,
      { cause },
    );
  }
}

function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
}

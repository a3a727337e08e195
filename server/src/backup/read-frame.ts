import { StartError } from "../start-error.ts";
import type { BackupEnd, BackupHeader } from "./backup-format.ts";

/** A backup that cannot be trusted, as one sentence that says what to do. */
export function damaged(how: string, cause?: unknown): StartError {
  return new StartError(
    `The backup ${how}: nothing was restored; use another backup.`,
    cause === undefined ? undefined : { cause },
  );
}

/** @throws {StartError} for anything but the first line of a backup */
export function readHeader(line: string): BackupHeader {
  const header = JSON.parse(line) as Partial<BackupHeader>;
  if (header.corbenic_backup !== 1 || !Number.isInteger(header.schema)) {
    throw damaged("is not one that this version of Corbenic can read");
  }
  return header as BackupHeader;
}

/** @throws {StartError} when the lines before it are not those that were written */
export function readEnd(line: string, sha256: string): BackupEnd {
  const end = JSON.parse(line) as BackupEnd;
  if (end.sha256 !== sha256) throw damaged("was changed after it was written");
  return end;
}

/** What a backup begins with. */
export interface BackupHeader {
  readonly corbenic_backup: 1;
  readonly version: string;
  /** The newest migration of the database it was taken of. */
  readonly schema: number;
  readonly taken_at: string;
}

/** What a backup ends with: without it, it is not whole. */
export interface BackupEnd {
  readonly rows: Readonly<Record<string, number>>;
  /** Of all lines before this one, hexadecimal. */
  readonly sha256: string;
}

/** A line between them: a row of a table. */
export type BackupRow = readonly [table: string, row: object];

export const newlineByte = 10;

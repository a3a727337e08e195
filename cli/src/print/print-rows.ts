import { type Column, table } from "./table.ts";
import { terminalWidth } from "./terminal.ts";

/** Prints a list: as JSON for programs, as a table for people, or as a sentence where it is empty. */
export function printRows<Row>(
  rows: readonly Row[],
  json: boolean,
  columns: readonly Column<Row>[],
  empty = "Nothing to show.",
): void {
  if (json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else process.stdout.write(`${rows.length === 0 ? empty : table(rows, columns, terminalWidth())}\n`);
}

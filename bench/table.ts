/** A time in a unit that suits it. */
export function format(time: number): string {
  if (time >= 1) return `${time.toFixed(2)} s`;
  return time >= 1e-3 ? `${(time * 1e3).toFixed(2)} ms` : `${(time * 1e6).toFixed(2)} us`;
}

/** Prints rows in columns, the first one to the left. */
export function print(table: readonly (readonly string[])[]): void {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table)
    process.stdout.write(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2))).join("")}\n`,
    );
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

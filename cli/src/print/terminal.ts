/** The columns of the terminal that standard output is; no bound where it goes to a file or another program. */
export function terminalWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

import { fractionTable } from "./fraction-table.ts";
import { powersOfTen } from "./powers-of-ten.ts";

/** What kernels write numbers by: powers of ten, and behind them what numbers below one are written by, two at a time. */
export function numberTables(): Uint32Array {
  const powers = new Uint32Array(powersOfTen().buffer);
  const fractions = fractionTable();
  const tables = new Uint32Array(powers.length + fractions.length);
  tables.set(powers);
  tables.set(fractions, powers.length);
  return tables;
}

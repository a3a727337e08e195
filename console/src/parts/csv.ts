/** Spreadsheets take a text that begins so for a formula, and run it. */
const formula = /^[=+\-@\t\r]/;

/** Rows as CSV (RFC 4180). Texts that a spreadsheet would run are shown with a quote before them. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

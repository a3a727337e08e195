import { styleText } from "node:util";
import stringWidth from "string-width";

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly align?: "left" | "right";
}

/**
 * Rows under titles, for people, in columns as wide as their widest text. What came from elsewhere is shown without
 * characters that a terminal would act on.
 */
export function table<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) => columns.map(({ text }) => harmless(text(row))));
  const widths = columns.map(({ title }, at) =>
    Math.max(stringWidth(title), ...cells.map((texts) => stringWidth(texts[at]!))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => pad(text, widths[at]!, columns[at]!.align ?? "left"))
      .join("  ")
      .trimEnd();
  const head = styleText("bold", line(columns.map(({ title }) => title)));
  return [head, ...cells.map(line)].join("\n");
}

/** Text from elsewhere, each control character as a visible escape such as \u001b. */
export function harmless(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function pad(text: string, width: number, align: "left" | "right"): string {
  const space = " ".repeat(width - stringWidth(text));
  return align === "right" ? space + text : text + space;
}

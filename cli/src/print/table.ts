import { styleText } from "node:util";
import stringWidth from "string-width";

const gap = "  ";
/** Less than this of a text tells nothing. */
const cutWidthMin = 8;

export interface Column<Row> {
  readonly title: string;
  readonly text: (row: Row) => string;
  readonly align?: "left" | "right";
  /** Whether its texts may lose their ends where a terminal is too narrow for the whole. */
  readonly mayBeCut?: boolean;
}

/**
 * Rows under titles, for people, in columns as wide as their widest text. What came from elsewhere is shown without
 * characters that a terminal would act on.
 * @param room how many columns there are
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  room: number = Number.POSITIVE_INFINITY,
): string {
  const texts = rows.map((row) => columns.map(({ text }) => harmless(text(row))));
  const widths = fit(
    columns.map(({ title, mayBeCut = false }, at) => ({
      least: mayBeCut ? Math.max(stringWidth(title), cutWidthMin) : Number.POSITIVE_INFINITY,
      whole: Math.max(stringWidth(title), ...texts.map((line) => stringWidth(line[at]!))),
    })),
    room - gap.length * (columns.length - 1),
  );
  const cells = texts.map((line) => line.map((text, at) => cut(text, widths[at]!)));
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => pad(text, widths[at]!, columns[at]!.align ?? "left"))
      .join(gap)
      .trimEnd();
  const head = styleText("bold", line(columns.map(({ title }) => title)));
  return [head, ...cells.map(line)].join("\n");
}

/** Takes from the widest columns that may be cut what there is too much of. */
function fit(columns: readonly { readonly least: number; readonly whole: number }[], room: number): number[] {
  const widths = columns.map(({ whole }) => whole);
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = columns.reduce(
      (found, { least }, at) => (widths[at]! > least && widths[at]! > (widths[found] ?? 0) ? at : found),
      -1,
    );
    if (widest === -1) break;
    widths[widest]! -= 1;
  }
  return widths;
}

function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let shown = "";
  for (const character of text) {
    if (stringWidth(shown + character) > width - 1) break;
    shown += character;
  }
  return `${shown}…`;
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

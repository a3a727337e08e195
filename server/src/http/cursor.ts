import { Problem } from "@corbenic/protocol";

/** Where a page of a list ends, as text that means nothing to clients: the sort, and the keys of its last row. */
export function encodeCursor(sort: string, keys: readonly string[]): string {
  return Buffer.from(JSON.stringify([sort, ...keys])).toString("base64url");
}

/**
 * The keys that the next page comes after, undefined for the first page.
 * @param keyForms what each key looks like
 * @throws {Problem} `invalid_request` for what `encodeCursor` has not made for this sort
 */
export function decodeCursor(
  cursor: string | undefined,
  sort: string,
  keyForms: readonly RegExp[],
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const [of, ...keys] = parse(cursor);
  const fits = keys.length === keyForms.length && keys.every((key, i) => keyForms[i]!.test(key));
  if (of === sort && fits) return keys;
  throw new Problem(
    "invalid_request",
    "The cursor is not one of this list in this order: begin without one.",
    {
      detail: { path: "query.cursor" },
    },
  );
}

function parse(cursor: string): string[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    return Array.isArray(parsed) ? parsed.map(String) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The forms of the keys that lists page by. */
export const keyForms = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  instant: /^\d{4,6}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  text: /^[^\0]*$/,
};

/** A column of type timestamptz as text that sorts, compares and reads back exactly, to the microsecond. */
export function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

import { decodeCursor, encodeCursor } from "./cursor.ts";

const idForm = [/^\d{1,15}$/];

/**
 * Reads a page of a list that is ordered by ids.
 * @param list names the list in its cursors
 * @param read gives at most `limit` rows that come after the one of that id
 * @throws {Problem} `invalid_request` for a cursor that is not one of this list
 */
export async function readIdPage<Row extends { readonly id: number }>(
  list: string,
  query: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
  read: (afterId: number | undefined, limit: number) => Promise<Row[]>,
): Promise<{ rows: Row[]; next_cursor: string | null }> {
  const [after] = decodeCursor(query.cursor, list, idForm) ?? [];
  const limit = query.limit ?? 50;
  const rows = await read(after === undefined ? undefined : Number(after), limit + 1);
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    rows: rows.slice(0, limit),
    next_cursor: last === undefined ? null : encodeCursor(list, [String(last.id)]),
  };
}

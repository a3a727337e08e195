import { type Platform, Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { decodeCursor, encodeCursor, keyForms } from "../http/cursor.ts";
import { findPlatformFor, type Page, type PlatformRow, type Reader } from "./platform-store.ts";

/** @throws {Problem} `platform_not_found`, alike for a platform that is not there and one that is not permitted */
export async function requirePlatform(db: Queryable, reader: Reader, name: string): Promise<PlatformRow> {
  const platform = await findPlatformFor(db, reader, name);
  if (platform === undefined) {
    throw new Problem("platform_not_found", `There is no platform "${name}" that this account may use.`, {
      detail: { platform_name: name },
    });
  }
  return platform;
}

export function present(row: PlatformRow): Platform {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    status: row.status,
    specs: row.specs,
    perfs: row.perfs,
    limits: row.limits,
    maintenance: row.maintenance,
    jobs: row.jobs,
  };
}

/**
 * One page of a list that goes by name.
 * @throws {Problem} `invalid_request` for a cursor of another list
 */
export async function readPage<Row extends { readonly name: string }>(
  query: { readonly cursor?: string; readonly limit?: number },
  read: (page: Page) => Promise<Row[]>,
): Promise<{ shown: Row[]; next_cursor: string | null }> {
  const limit = query.limit ?? 50;
  const after = decodeCursor(query.cursor, "name", [keyForms.text])?.[0] ?? null;
  // One more than asked for tells whether there is a next page.
  const rows = await read({ after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, next_cursor: last === undefined ? null : encodeCursor("name", [last.name]) };
}

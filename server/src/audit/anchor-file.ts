import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Queryable } from "../database/database.ts";
import { type AuditHead, listHeads } from "./verify-audit.ts";

/**
 * Notes the heads of the audit trail in a file beside the database, those that have moved since the last time:
 * whoever cuts the trail off, or makes it anew, does not reach these lines through the database.
 * @returns does it once
 */
export function anchorFile(path: string): (db: Queryable) => Promise<void> {
  const noted = new Map(readAnchors(path).map(({ chain, seq }) => [chain, seq]));
  return async (db) => {
    const heads = await listHeads(db);
    const moved = heads.filter(({ chain, seq }) => seq !== (noted.get(chain) ?? 0));
    if (moved.length === 0) return;
    const line = JSON.stringify({ at: new Date().toISOString(), heads: moved });
    // The line before may have been cut short by a crash.
    appendFileSync(path, `\n${line}`, { mode: 0o600, flush: true });
    for (const { chain, seq } of moved) noted.set(chain, seq);
  };
}

/** The heads that were noted in the file, the oldest first. A line that was cut short is none. */
export function readAnchors(path: string): AuditHead[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, "utf8").split("\n").flatMap(headsOf);
}

function headsOf(line: string): AuditHead[] {
  try {
    return line === "" ? [] : (JSON.parse(line) as { heads: AuditHead[] }).heads;
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

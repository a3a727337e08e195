import { type Platform, Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { findPlatformFor, type PlatformRow } from "./platform-store.ts";

/** @throws {Problem} `platform_not_found`, alike for a platform that is not there and one that is not permitted */
export async function requirePlatform(db: Queryable, userId: number, name: string): Promise<PlatformRow> {
  const platform = await findPlatformFor(db, userId, name);
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
    jobs: row.jobs,
  };
}

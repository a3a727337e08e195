import { Problem } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { listMissingPlatforms } from "./permission-store.ts";

/** @throws {Problem} `platform_not_found` with the ids that no platform has */
export async function requirePlatforms(client: Queryable, platformIds: readonly string[]): Promise<void> {
  const missing = await listMissingPlatforms(client, platformIds);
  if (missing.length > 0) {
    throw new Problem("platform_not_found", `There is no platform ${missing.join(", ")}.`, {
      detail: { platform_ids: missing },
    });
  }
}

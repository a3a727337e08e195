import type { PlatformStatus } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";

export interface StatusChange {
  readonly id: string;
  readonly name: string;
  readonly status: PlatformStatus;
}

/**
 * Adds to the history of every platform the status that it has by now, where that is another than the last one.
 * @param now the database's clock unless given
 */
export async function followPlatforms(db: Queryable, now: Date | null = null): Promise<StatusChange[]> {
  const { rows } = await db.query<StatusChange>(
    "select id, name, status from follow_platforms(coalesce($1::timestamptz, clock_timestamp()))",
    [now],
  );
  return rows;
}

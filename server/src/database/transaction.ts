import type pg from "pg";

import { isDatabaseAway } from "./away.ts";

/** Runs the work in one transaction, rolled back when it throws. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks rejects the statement that runs, and is not an error of the process.
  const ignoreBreak = () => undefined;
  client.on("error", ignoreBreak);
  let broken = false;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    // Whatever hears no answer would hear none to its rollback: ending the connection is one.
    broken = isDatabaseAway(error);
    if (!broken) await client.query("rollback");
    throw error;
  } finally {
    client.off("error", ignoreBreak);
    client.release(broken);
  }
}

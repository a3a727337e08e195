import type pg from "pg";

const heard = new WeakMap<object, number>();

/** Notes whenever the database says anything on a connection of the pool. */
export function listenForSilence(pool: pg.Pool, now = () => performance.now()): void {
  pool.on("connect", (client) => {
    const { connection } = client as unknown as { connection: { stream: NodeJS.ReadableStream } };
    connection.stream.on("data", () => heard.set(pool, now()));
  });
}

/**
 * When the database last said anything to this process, in milliseconds of `performance.now()`; undefined where nobody
 * listens: one in this process cannot be cut off.
 */
export function lastHeard(pool: object): number | undefined {
  return heard.get(pool);
}

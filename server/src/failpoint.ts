import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";

/**
 * Places at which a process can be made to die, to prove that it may. Without the variable CORBENIC_FAILPOINT in the
 * environment none of this does anything. It names an operation and a point, and which time the process dies there:
 * `completeJob.after_statement:3`.
 */
export const failpoints = [
  "received",
  "before_statement",
  "after_statement",
  "before_reply",
  "after_reply",
] as const;
export type Failpoint = (typeof failpoints)[number];

const wanted = process.env.CORBENIC_FAILPOINT;
const [name, times] = wanted?.split(":") ?? [];
let left = Number(times ?? 1);
const operations = new AsyncLocalStorage<string>();

/** Dies here, without a word, if this is the place and the time. */
export function reach(operation: string, point: Failpoint): void {
  if (name === undefined || name !== `${operation}.${point}`) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

/** Runs an operation, whose statements are then places to die at. */
export function asOperation<T>(operation: string, work: () => T): T {
  return name === undefined ? work() : operations.run(operation, work);
}

/** The pool, whose statements are places to die at; the pool itself when there is no such wish. */
export function failing(pool: pg.Pool): pg.Pool {
  if (name === undefined) return pool;
  const wrap = <Q extends (...args: never[]) => unknown>(query: Q): Q =>
    (async (...args: Parameters<Q>) => {
      const operation = operations.getStore();
      if (operation !== undefined) reach(operation, "before_statement");
      const result = await query(...args);
      if (operation !== undefined) reach(operation, "after_statement");
      return result;
    }) as unknown as Q;
  const query = wrap(pool.query.bind(pool) as (...args: never[]) => unknown);
  const connect = async () => {
    const client = await pool.connect();
    return new Proxy(client, {
      get: (target, key) => {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== "function") return value;
        const bound = value.bind(target) as (...args: never[]) => unknown;
        return key === "query" ? wrap(bound) : bound;
      },
    });
  };
  return new Proxy(pool, {
    get: (target, key) => {
      if (key === "query") return query;
      if (key === "connect") return connect;
      const value = Reflect.get(target, key) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

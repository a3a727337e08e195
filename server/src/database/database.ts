import type pg from "pg";

/** A PostgreSQL database, embedded or remote, behind one pool interface and one SQL text. */
export interface Database {
  readonly kind: "embedded" | "postgres";
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

/** Anything that runs a statement: the pool, or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, "query">;

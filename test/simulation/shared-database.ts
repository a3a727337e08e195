import type pg from "pg";
import type { Scheduler } from "./scheduler.ts";

/**
 * The database of a simulation: the real one on one connection, whose clock is the virtual one, whose ids are counted,
 * and whose statements are kept parsed, since they are always the same ones.
 */
export interface SharedDatabase {
  readonly client: pg.ClientBase;
  /** How far its clock is off, in milliseconds. */
  skewMs: number;
  /** Runs a statement now, at the virtual time. */
  run(text: string, values: readonly unknown[] | undefined, scheduler: Scheduler): Promise<pg.QueryResult>;
  /** Empties it of jobs, and counts ids from the beginning. */
  reset(): Promise<void>;
}

/** Statements that read the clock, some of them through the defaults of columns. */
const readsClock = /cloud_now|acquire_lease|insert into job/;

const setClock = "select set_config('simulation.now', $1, false)";

/** Some day; instants before 1970 would be as good. */
const beginning = Date.UTC(2026, 0, 1);

export async function prepareDatabase(client: pg.ClientBase): Promise<SharedDatabase> {
  await client.query(`
    create sequence simulated_ids;
    create function simulated_id() returns uuid language sql volatile as
      $$ select ('00000000-0000-4000-8000-' || lpad(to_hex(nextval('simulated_ids')), 12, '0'))::uuid $$;
    alter table jobs alter column id set default simulated_id();
    create or replace function cloud_now() returns timestamptz language sql volatile as
      $$ select to_timestamp(current_setting('simulation.now')::float8 / 1000) $$;
    set simulation.now = '0';
  `);
  const names = new Map<string, string>();
  const named = (text: string, values: readonly unknown[]) => {
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return { name, text, values: [...values] };
  };
  let clock = "";
  const database: SharedDatabase = {
    client,
    skewMs: 0,
    async run(text, values, scheduler) {
      const now = (beginning + scheduler.now + database.skewMs).toFixed(3);
      const sent: Promise<unknown>[] = [];
      if (now !== clock && readsClock.test(text)) {
        clock = now;
        // On its way together with the statement: the connection keeps their order.
        sent.push(client.query({ name: "clock", text: setClock, values: [now] }));
      }
      // What a transaction has set goes with it.
      if (text === "rollback") clock = "";
      const result = values === undefined ? client.query(text) : client.query(named(text, values));
      await Promise.all([...sent, result]);
      return result;
    },
    async reset() {
      database.skewMs = 0;
      clock = "";
      await client.query("rollback");
      await client.query("truncate jobs, job_tallies restart identity cascade");
      await client.query("update cluster set epoch = 1, reaped_at = null");
      await client.query("select setval('simulated_ids', 1, false)");
    },
  };
  return database;
}

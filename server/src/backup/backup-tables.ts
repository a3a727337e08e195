import type { Queryable } from "../database/database.ts";

/** A table as a backup keeps it. */
export interface BackupTable {
  readonly name: string;
  /** The columns by which rows are read, so that a row comes after those it refers to. */
  readonly order: string;
}

/** Written by `migrate`, which also makes it anew. */
const keptByMigrations = "schema_migrations";

/**
 * The tables in an order in which each comes after those that it refers to. Rows of one table that refer to others
 * of the same one are younger than these.
 */
export async function listBackupTables(db: Queryable): Promise<BackupTable[]> {
  const { rows } = await db.query<{ name: string; targets: string[]; by_age: boolean; key: string | null }>(
    `select t.relname as name,
            array(select distinct f.relname::text from pg_constraint c join pg_class f on f.oid = c.confrelid
                   where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid) as targets,
            exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'created_at') as by_age,
            (select string_agg(quote_ident(a.attname), ', ' order by k.place)
               from pg_index i cross join unnest(i.indkey) with ordinality as k(attnum, place)
               join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum
              where i.indrelid = t.oid and i.indisprimary) as key
       from pg_class t
      where t.relnamespace = current_schema()::regnamespace and t.relkind = 'r' and t.relname <> $1
      order by t.relname`,
    [keptByMigrations],
  );
  const left = new Map(rows.map((row) => [row.name, row]));
  const ordered: BackupTable[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ targets }) => !targets.some((target) => left.has(target)));
    if (ready.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left.keys()]}`);
    for (const { name, by_age, key } of ready) {
      const columns = [...(by_age ? ["created_at"] : []), ...(key === null ? [] : [key])];
      ordered.push({ name, order: columns.length === 0 ? "ctid" : columns.join(", ") });
      left.delete(name);
    }
  }
  return ordered;
}

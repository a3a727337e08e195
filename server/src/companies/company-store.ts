import type { Queryable } from "../database/database.ts";

export interface CompanyRow {
  readonly id: number;
  readonly name: string;
  readonly share: number;
  readonly members: number;
  readonly created_at: Date;
}

const view = `c.id, c.name, c.share, c.created_at,
  (select count(*)::int from users u where u.company_id = c.id) as members`;

export async function findCompany(db: Queryable, id: number): Promise<CompanyRow | undefined> {
  const { rows } = await db.query<CompanyRow>(`select ${view} from companies c where c.id = $1`, [id]);
  return rows[0];
}

/** The company, held until the transaction ends. */
export async function lockCompany(client: Queryable, id: number): Promise<CompanyRow | undefined> {
  const { rows } = await client.query("select from companies where id = $1 for no key update", [id]);
  return rows.length === 0 ? undefined : findCompany(client, id);
}

/** In the order in which they were made. */
export async function listCompanies(
  db: Queryable,
  filter: { text: string | undefined; afterId: number; limit: number },
): Promise<CompanyRow[]> {
  const { rows } = await db.query<CompanyRow>(
    `select ${view} from companies c
      where c.id > $1::bigint and ($2::text is null or position(lower($2) in lower(c.name)) > 0)
      order by c.id limit $3`,
    [filter.afterId, filter.text ?? null, filter.limit],
  );
  return rows;
}

export async function insertCompany(client: Queryable, name: string, share: number): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    "insert into companies (name, share) values ($1, $2) returning id",
    [name, share],
  );
  return rows[0]!.id;
}

export async function updateCompany(
  client: Queryable,
  id: number,
  change: { name?: string | undefined; share?: number | undefined },
): Promise<void> {
  await client.query(
    "update companies set name = coalesce($2, name), share = coalesce($3, share) where id = $1",
    [id, change.name ?? null, change.share ?? null],
  );
}

export async function deleteCompany(client: Queryable, id: number): Promise<void> {
  await client.query("delete from companies where id = $1", [id]);
}

import type { JobState } from "@corbenic/protocol";
import type { Queryable } from "../database/database.ts";
import { instant } from "../http/cursor.ts";
import type { OwnerId } from "./job-store.ts";

export interface JobFilter {
  readonly ownerId: OwnerId;
  readonly states?: readonly string[] | undefined;
  readonly platformName?: string | undefined;
  readonly groupName?: string | undefined;
  /** Text that the name contains, in any case. */
  readonly name?: string | undefined;
  readonly command?: string | undefined;
  readonly createdAfter?: string | undefined;
  readonly createdBefore?: string | undefined;
  readonly tokenId?: number | undefined;
}

export interface JobPage {
  readonly by: "created" | "name";
  readonly descending: boolean;
  readonly limit: number;
  /** The sorted value and the id of the row before. */
  readonly after: readonly string[] | undefined;
  /** Rows to pass over. */
  readonly offset?: number | undefined;
}

export interface ListedJob {
  readonly id: string;
  readonly name: string;
  readonly group_name: string | null;
  readonly platform_id: string;
  readonly platform_name: string;
  readonly command: string;
  readonly state: JobState;
  readonly progress: number;
  readonly status_message: string | null;
  readonly error_code: string | null;
  readonly priority: number;
  readonly shots: number | null;
  readonly token_id: number | null;
  readonly parent_id: string | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly owner_id: number;
  readonly owner_email: string;
}

/** What a line of a list tells of a job, with its platform as p and its owner as u. */
export const listedColumns = `
  j.id, j.name, j.group_name, j.platform_id, p.name as platform_name, j.command, j.state, j.progress,
  j.status_message, j.error_code, j.priority, j.shots::float8 as shots, j.token_id, j.parent_id,
  ${instant("j.created_at")} as created_at, ${instant("j.started_at")} as started_at,
  ${instant("j.ended_at")} as ended_at, j.owner_id, u.email as owner_email`;

const sortColumns = { created: "created_at", name: "name" };

/** One page of the jobs that pass the filter. The page is cut before anything is joined to it. */
export async function listJobs(db: Queryable, filter: JobFilter, page: JobPage): Promise<ListedJob[]> {
  const { conditions, values } = conditionsOf(filter);
  const column = sortColumns[page.by];
  const order = page.descending ? "desc" : "asc";
  if (page.after !== undefined) {
    values.push(...page.after);
    const type = page.by === "created" ? "::timestamptz" : "";
    const [key, id] = [`$${values.length - 1}${type}`, `$${values.length}::uuid`];
    conditions.push(`(${column}, id) ${page.descending ? "<" : ">"} (${key}, ${id})`);
  }
  values.push(page.limit, page.offset ?? 0);
  const { rows } = await db.query<ListedJob>(
    `with page as materialized (
       select * from jobs
        ${whereAll(conditions)}
        order by ${column} ${order}, id ${order}
        limit $${values.length - 1} offset $${values.length}
     )
     select ${listedColumns}
       from page j join platforms p on p.id = j.platform_id join users u on u.id = j.owner_id
      order by j.${column} ${order}, j.id ${order}`,
    values,
  );
  return rows;
}

/** How many jobs pass the filter, and when that was so. */
export async function countJobs(
  db: Queryable,
  filter: JobFilter,
): Promise<{ readonly total: number; readonly counted_at: string }> {
  const { conditions, values } = conditionsOf(filter);
  const { rows } = await db.query<{ total: number; counted_at: string }>(
    `select (select count(*)::int from jobs ${whereAll(conditions)}) as total,
            ${instant("cloud_now()")} as counted_at`,
    values,
  );
  return rows[0]!;
}

function conditionsOf(filter: JobFilter): { readonly conditions: string[]; readonly values: unknown[] } {
  const values: unknown[] = [];
  const conditions: string[] = [];
  const where = (condition: (parameter: string) => string, value: unknown) => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `owner_id = ${p}`, filter.ownerId);
  const [first, ...others] = filter.states ?? [];
  if (others.length === 0) where((p) => `state = ${p}`, first);
  else where((p) => `state = any (${p})`, filter.states);
  where((p) => `platform_id = (select id from platforms where name = ${p})`, filter.platformName);
  where((p) => `group_name = ${p}`, filter.groupName);
  where((p) => `position(lower(${p}) in lower(name)) > 0`, filter.name);
  where((p) => `command = ${p}`, filter.command);
  where((p) => `created_at > ${p}`, filter.createdAfter);
  where((p) => `created_at < ${p}`, filter.createdBefore);
  where((p) => `token_id = ${p}`, filter.tokenId);
  return { conditions, values };
}

function whereAll(conditions: readonly string[]): string {
  return conditions.length === 0 ? "" : `where ${conditions.join(" and ")}`;
}

import { type Company, Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Actor } from "../audit/actor.ts";
import { recordChange } from "../audit/audit-store.ts";
import { changedFields } from "../audit/changed-fields.ts";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { violates } from "../database/violation.ts";
import * as store from "./company-store.ts";

export function present({ id, created_at, ...rest }: store.CompanyRow): Company {
  return { company_id: id, ...rest, created_at: created_at.toISOString() };
}

/** @throws {Problem} `company_not_found` */
export async function requireCompany(db: Queryable, id: number): Promise<store.CompanyRow> {
  return there(await store.findCompany(db, id), id);
}

/** @throws {Problem} `company_exists` */
export async function createCompany(
  pool: pg.Pool,
  actor: Actor,
  { name, share }: { name: string; share: number },
): Promise<store.CompanyRow> {
  return inTransaction(pool, async (client) => {
    const id = await store.insertCompany(client, name, share);
    await recordChange(client, actor, {
      action: "company.create",
      object: `company:${id}`,
      after: { name, share },
    });
    return requireCompany(client, id);
  }).catch(explain(name));
}

/** @throws {Problem} `company_not_found` or `company_exists` */
export async function changeCompany(
  pool: pg.Pool,
  actor: Actor,
  id: number,
  change: { name?: string | undefined; share?: number | undefined },
): Promise<store.CompanyRow> {
  return inTransaction(pool, async (client) => {
    const before = there(await store.lockCompany(client, id), id);
    await store.updateCompany(client, id, change);
    const company = await requireCompany(client, id);
    const changed = changedFields(present(before), present(company));
    if (changed) {
      await recordChange(client, actor, { action: "company.update", object: `company:${id}`, ...changed });
    }
    return company;
  }).catch(explain(change.name));
}

/** @throws {Problem} `company_not_found` or `company_has_members` */
export async function deleteCompany(pool: pg.Pool, actor: Actor, id: number): Promise<void> {
  await inTransaction(pool, async (client) => {
    const before = there(await store.lockCompany(client, id), id);
    if (before.members > 0) throw hasMembers(before);
    await store.deleteCompany(client, id);
    const { name, share } = before;
    await recordChange(client, actor, {
      action: "company.delete",
      object: `company:${id}`,
      before: { name, share },
    });
  }).catch(async (error: unknown) => {
    // Somebody became a member in between.
    if (violates(error, "users_company_id_fkey")) throw hasMembers(await requireCompany(pool, id));
    throw error;
  });
}

function there(company: store.CompanyRow | undefined, id: number): store.CompanyRow {
  if (company !== undefined) return company;
  throw new Problem("company_not_found", `There is no company ${id}.`, { detail: { company_id: id } });
}

function hasMembers({ name, members }: store.CompanyRow): Problem {
  const accounts = members === 1 ? "1 account belongs" : `${members} accounts belong`;
  return new Problem("company_has_members", `${accounts} to ${name}: it can be deleted when none does.`, {
    detail: { members },
  });
}

function explain(name: string | undefined): (error: unknown) => never {
  return (error) => {
    if (!violates(error, "companies_name")) throw error;
    throw new Problem("company_exists", `There is a company called ${name} already.`, { detail: { name } });
  };
}

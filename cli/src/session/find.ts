import { listCompanies, listUsers } from "@corbenic/sdk/endpoints";
import { UsageError } from "../exit-codes.ts";
import { platformNames } from "./platform-names.ts";
import type { Session } from "./session.ts";

/** The id of the account that is meant by an id or an email. @throws {UsageError} when there is none */
export async function userIdOf(session: Session, idOrEmail: string): Promise<number> {
  if (/^\d+$/.test(idOrEmail)) return Number(idOrEmail);
  const { users } = await session.call(listUsers, { query: { text: idOrEmail, limit: 200 } });
  const user = users.find(({ email }) => email.toLowerCase() === idOrEmail.toLowerCase());
  if (user === undefined)
    throw new UsageError(`There is no user ${idOrEmail}: \`corbenic user list\` shows all.`);
  return user.user_id;
}

/** The id of the platform that is meant by an id or a name. @throws {UsageError} when there is none */
export async function platformIdOf(session: Session, idOrName: string): Promise<string> {
  if (!idOrName.includes(":")) return idOrName;
  for (const [id, name] of await platformNames(session)) if (name === idOrName) return id;
  throw new UsageError(`There is no platform ${idOrName}: \`corbenic platform list\` shows all.`);
}

/** The id of the company that is meant by an id or a name. @throws {UsageError} when there is none */
export async function companyIdOf(session: Session, idOrName: string): Promise<number> {
  if (/^\d+$/.test(idOrName)) return Number(idOrName);
  const { companies } = await session.call(listCompanies, { query: { text: idOrName, limit: 200 } });
  const company = companies.find(({ name }) => name.toLowerCase() === idOrName.toLowerCase());
  if (company === undefined) {
    throw new UsageError(`There is no company ${idOrName}: \`corbenic company list\` shows all.`);
  }
  return company.company_id;
}

import Type from "typebox";
import { endpoint } from "./endpoint.ts";
import { DateTime, Line, nextCursor, paging, SerialId } from "./fields.ts";
import { User } from "./users.ts";

const Share = Type.Number({
  minimum: 0.1,
  maximum: 1000,
  description: "The weight of the company where platforms are shared between companies.",
});

export const Company = Type.Object({
  company_id: Type.Integer(),
  name: Type.String(),
  share: Type.Number(),
  members: Type.Integer({ description: "How many accounts belong to it." }),
  created_at: DateTime,
});
export type Company = Type.Static<typeof Company>;

const administered = { tag: "Companies", callers: ["admin"] } as const;
const CompanyParams = Type.Object({ id: SerialId({ description: "The company's id." }) });
const one = { ...administered, path: "/admin/companies/{id}", params: CompanyParams } as const;

export const createCompany = endpoint({
  ...administered,
  operationId: "createCompany",
  method: "POST",
  path: "/admin/companies",
  summary: "Create a company",
  body: Type.Object(
    { name: Line({ minLength: 1 }), share: Type.Optional(Share) },
    { additionalProperties: false },
  ),
  response: Company,
  problems: ["company_exists"],
});

export const listCompanies = endpoint({
  ...administered,
  operationId: "listCompanies",
  method: "GET",
  path: "/admin/companies",
  summary: "List companies",
  query: Type.Object({
    text: Type.Optional({ ...Line(), description: "Text that the name contains, in any case." }),
    ...paging,
  }),
  response: Type.Object({ companies: Type.Array(Company), ...nextCursor }),
  problems: [],
});

export const getCompany = endpoint({
  ...one,
  operationId: "getCompany",
  method: "GET",
  summary: "Read a company",
  response: Company,
  problems: ["company_not_found"],
});

export const updateCompany = endpoint({
  ...one,
  operationId: "updateCompany",
  method: "PATCH",
  summary: "Change a company's name or share",
  body: Type.Object(
    { name: Type.Optional(Line({ minLength: 1 })), share: Type.Optional(Share) },
    { additionalProperties: false, minProperties: 1 },
  ),
  response: Company,
  problems: ["company_not_found", "company_exists"],
});

export const deleteCompany = endpoint({
  ...one,
  operationId: "deleteCompany",
  method: "DELETE",
  summary: "Delete a company that has no members",
  response: Type.Object({ message: Type.String() }),
  problems: ["company_not_found", "company_has_members"],
});

export const listMembers = endpoint({
  ...one,
  operationId: "listMembers",
  method: "GET",
  path: "/admin/companies/{id}/members",
  summary: "List the accounts of a company",
  query: Type.Object(paging),
  response: Type.Object({ users: Type.Array(User), ...nextCursor }),
  problems: ["company_not_found"],
});

const member = {
  ...administered,
  path: "/admin/companies/{id}/members/{user_id}",
  params: Type.Object({ ...CompanyParams.properties, user_id: SerialId() }),
  response: User,
  problems: ["company_not_found", "user_not_found"],
} as const;

export const addMember = endpoint({
  ...member,
  operationId: "addMember",
  method: "PUT",
  summary: "Make an account a member of a company, and of no other",
});

export const removeMember = endpoint({
  ...member,
  operationId: "removeMember",
  method: "DELETE",
  summary: "Take an account out of a company",
});

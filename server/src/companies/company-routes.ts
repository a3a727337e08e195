import {
  addMember,
  createCompany,
  deleteCompany,
  getCompany,
  listCompanies,
  listMembers,
  removeMember,
  updateCompany,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readIdPage } from "../http/id-page.ts";
import { type Route, route } from "../http/route.ts";
import { changeUser, present as presentUser, requireUser, userNotFound } from "../users/user.ts";
import { listUsers } from "../users/user-store.ts";
import * as companies from "./company.ts";
import * as store from "./company-store.ts";

export function companyRoutes({ db }: Services): Route[] {
  return [
    route(createCompany, async ({ actor, body: { name, share = 1 } }) =>
      companies.present(await companies.createCompany(db, actor, { name, share })),
    ),

    route(listCompanies, async ({ query }) => {
      const { rows, next_cursor } = await readIdPage("companies", query, (afterId = 0, limit) =>
        store.listCompanies(db, { text: query.text, afterId, limit }),
      );
      return { companies: rows.map(companies.present), next_cursor };
    }),

    route(getCompany, async ({ params }) => companies.present(await companies.requireCompany(db, params.id))),

    route(updateCompany, async ({ actor, params, body }) =>
      companies.present(await companies.changeCompany(db, actor, params.id, body)),
    ),

    route(deleteCompany, async ({ actor, params }) => {
      await companies.deleteCompany(db, actor, params.id);
      return { message: `The company ${params.id} is deleted.` };
    }),

    route(listMembers, async ({ params, query }) => {
      await companies.requireCompany(db, params.id);
      const { rows, next_cursor } = await readIdPage("members", query, (afterId = 0, limit) =>
        listUsers(db, { companyId: params.id, afterId, limit }),
      );
      return { users: rows.map(presentUser), next_cursor };
    }),

    route(addMember, async ({ actor, params }) => {
      const { user } = await changeUser(db, actor, params.user_id, { company_id: params.id });
      return presentUser(user);
    }),

    route(removeMember, async ({ actor, params }) => {
      await companies.requireCompany(db, params.id);
      const member = await requireUser(db, params.user_id);
      if (member.company_id !== params.id) throw userNotFound(params.user_id);
      const { user } = await changeUser(db, actor, params.user_id, { company_id: null });
      return presentUser(user);
    }),
  ];
}

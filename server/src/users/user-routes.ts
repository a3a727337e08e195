import {
  createUser,
  deleteUser,
  deleteUserOld,
  getUser,
  getUserOld,
  listUsers,
  putUser,
  putUserOld,
  setAdministrator,
  updateUser,
  updateUserOld,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { readIdPage } from "../http/id-page.ts";
import { type Route, route } from "../http/route.ts";
import * as administrators from "./administrators.ts";
import { drawPassword, hashPassword } from "./password.ts";
import { checkPassword } from "./password-rules.ts";
import * as users from "./user.ts";
import * as store from "./user-store.ts";

export function userRoutes({ db, queueSignal }: Services): Route[] {
  const readOne = (endpoint: typeof getUser) =>
    route(endpoint, async ({ params }) => users.present(await users.requireUser(db, params.id)));

  const change = (endpoint: typeof updateUser | typeof putUser) =>
    route(endpoint, async ({ actor, params, body }) => {
      const { user, resumed } = await users.changeUser(db, actor, params.id, body);
      if (resumed > 0) queueSignal.raiseAll();
      return users.present(user);
    });

  const remove = (endpoint: typeof deleteUser) =>
    route(endpoint, async ({ actor, params }) => {
      const { jobs, credentials } = await users.deleteUser(db, actor, params.id);
      return {
        message: `The account ${params.id} is deleted.`,
        jobs_canceled: jobs,
        credentials_revoked: credentials,
      };
    });

  return [
    route(createUser, async ({ actor, body }) => {
      if (body.is_admin === true) throw users.administratorProtected();
      const { email, first_name: firstName, last_name: lastName } = body;
      const password = body.password ?? drawPassword();
      if (body.password !== undefined) checkPassword(password, [email, firstName ?? "", lastName ?? ""]);
      const user = await users.createUser(db, actor, {
        email,
        passwordHash: await hashPassword(password),
        isAdmin: false,
        firstName,
        lastName,
        priority: body.priority,
        companyId: body.company_id,
        platformIds: body.platform_ids ?? [],
      });
      return { ...users.present(user), ...(body.password === undefined ? { password } : {}) };
    }),

    route(listUsers, async ({ query }) => {
      const { rows, next_cursor } = await readIdPage("users", query, (afterId, limit) =>
        store.listUsers(db, {
          text: query.text,
          companyId: query.company_id,
          isAdmin: query.is_admin,
          enabled: query.enabled,
          afterId: afterId ?? 0,
          limit,
        }),
      );
      return { users: rows.map(users.present), next_cursor };
    }),

    readOne(getUser),
    readOne(getUserOld),
    change(updateUser),
    change(putUser),
    change(updateUserOld),
    change(putUserOld),
    remove(deleteUser),
    remove(deleteUserOld),

    route(setAdministrator, async ({ actor, params, body }) =>
      users.present(await administrators.setAdministrator(db, actor, params.id, body.is_admin)),
    ),
  ];
}

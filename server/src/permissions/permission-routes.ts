import {
  grantPermission,
  listPermissions,
  Problem,
  putPermission,
  withdrawPermission,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { recordChange } from "../audit/audit-store.ts";
import { inTransaction } from "../database/transaction.ts";
import { decodeCursor, encodeCursor, keyForms } from "../http/cursor.ts";
import { type Route, route } from "../http/route.ts";
import { lockUser } from "../users/user.ts";
import { requirePlatforms } from "./permission.ts";
import * as store from "./permission-store.ts";

export function permissionRoutes({ db }: Services): Route[] {
  const grant = (endpoint: typeof grantPermission | typeof putPermission) =>
    route(endpoint, async ({ actor, body: { user_id: userId, platform_id: platformId } }) =>
      inTransaction(db, async (client) => {
        await lockUser(client, userId);
        await requirePlatforms(client, [platformId]);
        if (await store.grant(client, userId, platformId)) {
          await recordChange(client, actor, {
            action: "permission.grant",
            object: `user:${userId}`,
            after: { platform_id: platformId },
          });
        }
        const [permission] = await store.listPermissions(client, {
          userId,
          platformId,
          after: undefined,
          limit: 1,
        });
        return permission!;
      }),
    );

  return [
    route(listPermissions, async ({ principal, query }) => {
      const all = principal.kind === "admin";
      const limit = query.limit ?? 50;
      const [userId, platformId] =
        decodeCursor(query.cursor, "permissions", [/^\d{1,9}$/, keyForms.uuid]) ?? [];
      const rows = await store.listPermissions(db, {
        userId: all ? query.user_id : principal.userId,
        platformId: query.platform_id,
        after: userId === undefined ? undefined : { userId: Number(userId), platformId: platformId! },
        limit: limit + 1,
      });
      const last = rows.length > limit ? rows[limit - 1] : undefined;
      return {
        permissions: rows.slice(0, limit),
        next_cursor:
          last === undefined ? null : encodeCursor("permissions", [String(last.user_id), last.platform_id]),
      };
    }),

    grant(grantPermission),
    grant(putPermission),

    route(withdrawPermission, async ({ actor, query: { user_id: userId, platform_id: platformId } }) =>
      inTransaction(db, async (client) => {
        if (!(await store.withdraw(client, userId, platformId))) {
          throw new Problem("permission_not_found", `The account ${userId} may not use that platform.`, {
            detail: { user_id: userId, platform_id: platformId },
          });
        }
        await recordChange(client, actor, {
          action: "permission.withdraw",
          object: `user:${userId}`,
          before: { platform_id: platformId },
        });
        return { message: "The permission is withdrawn." };
      }),
    ),
  ];
}

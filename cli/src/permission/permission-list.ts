import { listPermissions } from "@corbenic/sdk/endpoints";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { userIdOf } from "../session/find.ts";
import { limitOption } from "../session/limit-option.ts";

export const permissionListCommand = () =>
  cloudCommand(
    "list",
    "list who may use which platform; for others than administrators, one's own",
    (command) =>
      command.option("--user <user>", "of this account only: id or email").addOption(limitOption()),
    async (session, { user, limit, json }: JsonOption & { user?: string; limit: number }) => {
      const filter = user === undefined ? {} : { user_id: await userIdOf(session, user) };
      const permissions = await readPages(
        (page) => session.call(listPermissions, { query: { ...page, ...filter } }),
        (page) => page.permissions,
        limit,
      );
      printRows(permissions, json, [
        { title: "USER", text: ({ user_id }) => String(user_id), align: "right" },
        { title: "EMAIL", text: ({ email }) => email },
        { title: "PLATFORM", text: ({ platform_name }) => platform_name },
      ]);
    },
  );

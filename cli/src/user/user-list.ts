import { listUsers } from "@corbenic/sdk/endpoints";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { limitOption } from "../session/limit-option.ts";

interface Options extends JsonOption {
  readonly search?: string;
  readonly limit: number;
}

export const userListCommand = () =>
  cloudCommand(
    "list",
    "list accounts",
    (command) =>
      command.option("--search <text>", "text that the email or a name contains").addOption(limitOption()),
    async (session, { search, limit, json }: Options) => {
      const users = await readPages(
        (page) =>
          session.call(listUsers, { query: { ...page, ...(search === undefined ? {} : { text: search }) } }),
        (page) => page.users,
        limit,
      );
      printRows(users, json, [
        { title: "ID", text: ({ user_id }) => String(user_id), align: "right" },
        { title: "EMAIL", text: ({ email }) => email, mayBeCut: true },
        {
          title: "NAME",
          text: ({ first_name, last_name }) => `${first_name} ${last_name}`.trim(),
          mayBeCut: true,
        },
        { title: "ROLE", text: ({ is_admin }) => (is_admin ? "administrator" : "user") },
        { title: "PRIORITY", text: ({ priority }) => String(priority), align: "right" },
        { title: "COMPANY", text: ({ company_id }) => (company_id === null ? "-" : String(company_id)) },
        { title: "STATE", text: ({ enabled }) => (enabled ? "enabled" : "disabled") },
      ]);
    },
  );

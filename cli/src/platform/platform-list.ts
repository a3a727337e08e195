import { listPlatforms } from "@corbenic/sdk/endpoints";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { limitOption } from "../session/limit-option.ts";

export const platformListCommand = () =>
  cloudCommand(
    "list",
    "list the platforms that one may use; for administrators all",
    (command) => command.addOption(limitOption()),
    async (session, { limit, json }: JsonOption & { limit: number }) => {
      const platforms = await readPages(
        (query) => session.call(listPlatforms, { query }),
        (page) => page.platforms,
        limit,
      );
      printRows(platforms, json, [
        { title: "NAME", text: ({ name }) => name },
        { title: "TYPE", text: ({ type }) => type },
        { title: "STATUS", text: ({ status }) => status },
        { title: "JOBS", text: ({ jobs }) => String(jobs), align: "right" },
        { title: "COMMANDS", text: ({ specs }) => specs.available_commands.join(", ") },
        { title: "ID", text: ({ id }) => id },
      ]);
    },
  );

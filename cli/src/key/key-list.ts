import { listWorkerKeys } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { limitOption } from "../session/limit-option.ts";
import { platformNames } from "../session/platform-names.ts";

export const keyListCommand = () =>
  cloudCommand(
    "list",
    "list worker keys, the newest first",
    (command) => command.addOption(limitOption()),
    async (session, { limit, json }: JsonOption & { limit: number }) => {
      const keys = await readPages(
        (query) => session.call(listWorkerKeys, { query }),
        (page) => page.api_keys,
        limit,
      );
      const names = json ? new Map<string, string>() : await platformNames(session);
      printRows(keys, json, [
        { title: "ID", text: ({ api_key_id }) => String(api_key_id), align: "right" },
        { title: "KEY", text: ({ key }) => `${key}…` },
        { title: "LABEL", text: ({ label }) => label, mayBeCut: true },
        { title: "STATE", text: ({ is_revoked }) => (is_revoked ? "ended" : "live") },
        {
          title: "PLATFORMS",
          text: ({ platform_ids }) => platform_ids.map((id) => names.get(id) ?? id).join(" "),
          mayBeCut: true,
        },
        { title: "EXPIRES", text: ({ expires_at }) => moment(expires_at) },
        { title: "LAST USED", text: ({ last_used_at }) => moment(last_used_at) },
      ]);
    },
  );

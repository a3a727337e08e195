import { deleteTokensByIds } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { count } from "../session/limit-option.ts";

export const tokenDeleteCommand = () =>
  cloudCommand(
    "delete",
    "delete job tokens: all that are named, or none",
    (command) => command.argument("<ids...>", "as `token list` shows them"),
    async (session, ids: readonly string[], { json }: JsonOption) => {
      const token_ids = ids.map(count);
      printDone(
        await session.call(deleteTokensByIds, { body: { token_ids } }),
        json,
        `Deleted ${ids.length === 1 ? `token ${ids[0]}` : `${ids.length} tokens`}.`,
      );
    },
  );

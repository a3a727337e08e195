import { reopenToken } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { count } from "../session/limit-option.ts";

export const tokenReopenCommand = () =>
  cloudCommand(
    "reopen",
    "make a revoked job token good again until it expires",
    (command) => command.argument("<id>", "as `token list` shows it", count),
    async (session, id: number, { json }: JsonOption) => {
      printDone(
        await session.call(reopenToken, { body: { token_id: id } }),
        json,
        `Token ${id} is good again.`,
      );
    },
  );

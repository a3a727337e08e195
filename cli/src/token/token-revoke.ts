import { revokeToken } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { count } from "../session/limit-option.ts";

export const tokenRevokeCommand = () =>
  cloudCommand(
    "revoke",
    "revoke a job token, from its next request on",
    (command) => command.argument("<id>", "as `token list` shows it", count),
    async (session, id: number, { json }: JsonOption) => {
      printDone(await session.call(revokeToken, { body: { token_id: id } }), json, `Revoked token ${id}.`);
    },
  );

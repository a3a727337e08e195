import { deleteWorkerKey } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { count } from "../session/limit-option.ts";

export const keyDeleteCommand = () =>
  cloudCommand(
    "delete",
    "end a worker key, from its next request on",
    (command) => command.argument("<id>", "as `key list` shows it", count),
    async (session, id: number, { json }: JsonOption) => {
      printDone(await session.call(deleteWorkerKey, { params: { id } }), json, `Ended key ${id}.`);
    },
  );

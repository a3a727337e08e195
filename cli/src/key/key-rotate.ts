import { rotateWorkerKey } from "@corbenic/sdk/endpoints";
import { duration } from "../print/moment.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { wholeSeconds } from "../session/duration-option.ts";
import { count } from "../session/limit-option.ts";

export const keyRotateCommand = () =>
  cloudCommand(
    "rotate",
    "replace a worker key by a new one, which is shown this once",
    (command) =>
      command
        .argument("<id>", "as `key list` shows it", count)
        .option("--overlap <time>", "how long the old key still works, at most 24h", wholeSeconds, 3_600),
    async (session, id: number, { overlap, json }: JsonOption & { overlap: number }) => {
      const key = await session.call(rotateWorkerKey, { params: { id }, body: { overlap } });
      printDone(
        key,
        json,
        `Key ${key.api_key_id} replaces key ${id}, which works for ${duration(overlap)} more. Shown this once: ${key.api_key}`,
      );
    },
  );

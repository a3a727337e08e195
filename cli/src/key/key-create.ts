import { createWorkerKey } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { durationOption } from "../session/duration-option.ts";
import { platformIdOf } from "../session/find.ts";

interface Options extends JsonOption {
  readonly label?: string;
  readonly duration?: number;
}

export const keyCreateCommand = () =>
  cloudCommand(
    "create",
    "create a key for a worker, which is shown this once",
    (command) =>
      command
        .argument("<platforms...>", "names or ids of the platforms whose jobs it takes")
        .option("--label <text>", "what it is for")
        .addOption(durationOption("how long it lives, such as 90d (default a year)")),
    async (session, platforms: readonly string[], options: Options) => {
      const platform_ids: string[] = [];
      for (const platform of platforms) platform_ids.push(await platformIdOf(session, platform));
      const key = await session.call(createWorkerKey, {
        body: { label: options.label ?? null, duration: options.duration ?? null, platform_ids },
      });
      printDone(
        key,
        options.json,
        `Key ${key.api_key_id} for ${platforms.join(", ")}, shown this once: ${key.api_key}`,
      );
    },
  );

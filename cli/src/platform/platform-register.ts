import { registerPlatform } from "@corbenic/sdk/endpoints";
import { readJsonFile } from "../json-file.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";

interface Options extends JsonOption {
  readonly type: string;
  readonly specs?: string;
  readonly command: readonly string[];
}

export const platformRegisterCommand = () =>
  cloudCommand(
    "register",
    "register a platform, or renew what it says of itself",
    (command) =>
      command
        .argument("<name>", "sim:… for what computes, qpu:… for what measures")
        .option("--type <type>", "'simulator', or anything else for a physical platform", "simulator")
        .option("--specs <file>", "a JSON file with its specs")
        .option("--command <command...>", "the commands it offers, where no specs are given", ["probs"]),
    async (session, name: string, options: Options) => {
      const specs =
        options.specs === undefined
          ? { available_commands: [...options.command] }
          : (readJsonFile(options.specs) as { available_commands: string[] });
      const body = { name, type: options.type, specs };
      const platform = await session.call(registerPlatform, { body });
      printDone(
        platform,
        options.json,
        `Registered ${platform.name} (${platform.id}). Next: corbenic key create ${platform.name}`,
      );
    },
  );

import { getPlatform } from "@corbenic/sdk/endpoints";
import { printFields } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";

export const platformShowCommand = () =>
  cloudCommand(
    "show",
    "show a platform: what it can do, and how busy it is",
    (command) => command.argument("<name>", "such as sim:slos"),
    async (session, name: string, { json }: JsonOption) => {
      printFields(await session.call(getPlatform, { params: { name } }), json, (platform) => [
        ["Name", platform.name],
        ["Description", platform.specs.description],
        ["Type", platform.type],
        ["Status", platform.status],
        ["Jobs", `${platform.jobs} waiting or running`],
        ["Commands", platform.specs.available_commands.join(", ")],
        ...Object.entries(platform.specs.constraints ?? {}).map(
          ([key, value]) => [key.replaceAll("_", " "), String(value)] as const,
        ),
        ...Object.entries(platform.perfs).map(([key, value]) => [key, String(value)] as const),
        ["Id", platform.id],
      ]);
    },
  );

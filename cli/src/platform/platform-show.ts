import { CloudError } from "@corbenic/sdk";
import { getManagedPlatform, getPlatform, type PlatformFlag } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printFields } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import type { Session } from "../session/session.ts";

export const platformShowCommand = () =>
  cloudCommand(
    "show",
    "show a platform: what it can do, how busy it is, and to administrators whether it is flagged",
    (command) => command.argument("<name>", "such as sim:slos"),
    async (session, name: string, { json }: JsonOption) => {
      const platform = await session.call(getPlatform, { params: { name } });
      const flag = await flagOf(session, platform.id);
      printFields({ ...platform, ...(flag === undefined ? {} : { flag }) }, json, () => [
        ["Name", platform.name],
        ["Description", platform.specs.description],
        ["Type", platform.type],
        ["Status", platform.status],
        ["Flag", flag && `${flag.reason} Job ${flag.job_id}, ${moment(flag.at)}`],
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

/** The platform's flag, null for none; undefined for who does not run the cloud, and is not told. */
async function flagOf(session: Session, id: string): Promise<PlatformFlag | null | undefined> {
  try {
    return (await session.call(getManagedPlatform, { params: { id } })).flag;
  } catch (error) {
    if (error instanceof CloudError && error.code === "not_allowed") return undefined;
    throw error;
  }
}

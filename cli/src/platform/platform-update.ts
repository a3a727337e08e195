import { updatePlatform } from "@corbenic/sdk/endpoints";
import { Option } from "commander";
import { UsageError } from "../exit-codes.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { platformIdOf } from "../session/find.ts";
import { count } from "../session/limit-option.ts";

const statuses = ["available", "maintenance", "unreachable", "retired"] as const;
const visibilities = ["private", "public"] as const;

interface Options extends JsonOption {
  readonly status?: (typeof statuses)[number];
  readonly visibility?: (typeof visibilities)[number];
  readonly shotsMax?: number;
  readonly queueMax?: number;
  readonly durationMax?: number;
  readonly flag: boolean;
}

export const platformUpdateCommand = () =>
  cloudCommand(
    "update",
    "change a platform's status, visibility or limits, or take its flag away",
    (command) =>
      command
        .argument("<platform>", "name or id")
        .addOption(new Option("--status <status>").choices(statuses))
        .addOption(new Option("--visibility <visibility>").choices(visibilities))
        .option("--shots-max <number>", "shots of one job", count)
        .option("--queue-max <number>", "jobs that may wait or run on it", count)
        .option("--duration-max <seconds>", "seconds that one attempt may run", count)
        .option("--no-flag", "take away the flag that a job set which stopped its workers"),
    async (session, name: string, options: Options) => {
      const limits = {
        ...(options.shotsMax === undefined ? {} : { shots_max: options.shotsMax }),
        ...(options.queueMax === undefined ? {} : { queue_max: options.queueMax }),
        ...(options.durationMax === undefined ? {} : { duration_s_max: options.durationMax }),
      };
      const body = {
        ...(options.status === undefined ? {} : { status: options.status }),
        ...(options.visibility === undefined ? {} : { visibility: options.visibility }),
        ...(Object.keys(limits).length === 0 ? {} : { limits }),
        ...(options.flag ? {} : { flag: null }),
      };
      if (Object.keys(body).length === 0) {
        throw new UsageError("Say what to change: see corbenic platform update --help.");
      }
      const id = await platformIdOf(session, name);
      const platform = await session.call(updatePlatform, { params: { id }, body });
      printDone(platform, options.json, `${platform.name} is ${platform.status} and ${platform.visibility}.`);
    },
  );

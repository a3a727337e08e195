import { generateToken } from "@corbenic/sdk/endpoints";
import { duration as shown } from "../print/moment.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { durationOption } from "../session/duration-option.ts";
import { count } from "../session/limit-option.ts";
import { priority } from "../user/priority.ts";

interface Options extends JsonOption {
  readonly label?: string;
  readonly duration?: number;
  readonly priority?: number;
  readonly platform?: string[];
  readonly shotsMax?: number;
  readonly jobsMax?: number;
  readonly readOnly: boolean;
}

export const tokenCreateCommand = () =>
  cloudCommand(
    "create",
    "create a job token, which is shown this once",
    (command) =>
      command
        .option("--label <text>", "what it is for")
        .addOption(durationOption("how long it lives, such as 12h or 30d (default 30d)"))
        .option("--priority <number>", "0 to 10, never above the account's", priority)
        .option("--platform <pattern...>", "only these platforms, such as sim:*")
        .option("--shots-max <number>", "shots of one job", count)
        .option("--jobs-max <number>", "jobs that wait or run at once", count)
        .option("--read-only", "it submits and cancels nothing", false),
    async (session, options: Options) => {
      const answer = await session.call(generateToken, {
        body: {
          label: options.label ?? null,
          duration: options.duration ?? null,
          priority: options.priority ?? null,
          platforms: options.platform ?? null,
          shots_max: options.shotsMax ?? null,
          jobs_max: options.jobsMax ?? null,
          read_only: options.readOnly,
        },
      });
      printDone(
        answer,
        options.json,
        `Token ${answer.token_id}, for ${shown(answer.duration)}, shown this once: ${answer.token}`,
      );
    },
  );

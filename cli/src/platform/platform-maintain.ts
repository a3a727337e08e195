import { createMaintenanceWindow } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { wholeSeconds } from "../session/duration-option.ts";
import { platformIdOf } from "../session/find.ts";

interface Options extends JsonOption {
  readonly in: number;
  readonly for: number;
  readonly reason?: string;
}

export const platformMaintainCommand = () =>
  cloudCommand(
    "maintain",
    "plan maintenance of a platform: its jobs are accepted meanwhile, and wait",
    (command) =>
      command
        .argument("<platform>", "name or id")
        .option("--in <time>", "when it begins from now, such as 2h", wholeSeconds, 0)
        .requiredOption("--for <time>", "how long it lasts, such as 30m", wholeSeconds)
        .option("--reason <text>", "what people are told"),
    async (session, name: string, options: Options) => {
      const start = new Date(Date.now() + options.in * 1000);
      const end = new Date(start.getTime() + options.for * 1000);
      const window = await session.call(createMaintenanceWindow, {
        params: { id: await platformIdOf(session, name) },
        body: {
          start: start.toISOString(),
          end: end.toISOString(),
          ...(options.reason === undefined ? {} : { reason: options.reason }),
        },
      });
      printDone(
        window,
        options.json,
        `${name} is in maintenance from ${moment(window.start)} to ${moment(window.end)}.`,
      );
    },
  );

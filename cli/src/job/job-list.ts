import { listAllJobs, listJobs } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printRows } from "../print/print-rows.ts";
import type { Column } from "../print/table.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { readPages } from "../session/every-page.ts";
import { limitOption } from "../session/limit-option.ts";

interface Options extends JsonOption {
  readonly all: boolean;
  readonly status?: string;
  readonly platform?: string;
  readonly group?: string;
  readonly name?: string;
  readonly limit: number;
}

interface Line {
  readonly job_id: string;
  readonly name: string;
  readonly platform_name: string;
  readonly command: string;
  readonly status: string;
  readonly progress: number;
  readonly created_at: string;
  readonly owner_email?: string;
}

export const jobListCommand = () =>
  cloudCommand(
    "list",
    "list jobs, the newest first",
    (command) =>
      command
        .option("--all", "everybody's, for administrators", false)
        .option("--status <states>", "such as waiting,running")
        .option("--platform <name>")
        .option("--group <name>", "of this job group")
        .option("--name <text>", "text that the name contains")
        .addOption(limitOption()),
    async (session, options: Options) => {
      const filter = {
        ...(options.status === undefined ? {} : { status: options.status }),
        ...(options.platform === undefined ? {} : { platform_name: options.platform }),
        ...(options.group === undefined ? {} : { group_name: options.group }),
        ...(options.name === undefined ? {} : { name: options.name }),
      };
      const jobs: readonly Line[] = await readPages(
        (page) => session.call(options.all ? listAllJobs : listJobs, { query: { ...page, ...filter } }),
        (page) => page.jobs,
        options.limit,
      );
      printRows(jobs, options.json, columns(options.all), "There are no such jobs.");
    },
  );

function columns(withOwner: boolean): Column<Line>[] {
  return [
    { title: "ID", text: ({ job_id }) => job_id },
    { title: "NAME", text: ({ name }) => name, mayBeCut: true },
    ...(withOwner ? [{ title: "OWNER", text: ({ owner_email }: Line) => owner_email ?? "-" }] : []),
    { title: "PLATFORM", text: ({ platform_name }) => platform_name },
    { title: "COMMAND", text: ({ command }) => command },
    {
      title: "STATUS",
      text: ({ status, progress }) =>
        status === "running" ? `running ${Math.round(progress * 100)} %` : status.replaceAll("_", " "),
    },
    { title: "CREATED", text: ({ created_at }) => moment(created_at) },
  ];
}

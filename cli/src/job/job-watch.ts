import { Job } from "@corbenic/sdk";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { followJob } from "./follow.ts";
import { showResults } from "./show-results.ts";

export const jobWatchCommand = () =>
  cloudCommand(
    "watch",
    "watch a job until it has ended, and show its result",
    (command) => command.argument("<id>"),
    async (session, id: string, { json }: JsonOption) => {
      if (!json) {
        process.stdout.write(`${showResults(await followJob(session, id), 20)}\n`);
        return;
      }
      const job = await Job.open(session.context, session.user, id);
      for await (const status of job.watch()) process.stdout.write(`${JSON.stringify(status)}\n`);
    },
  );

import { rerunJob } from "@corbenic/sdk/endpoints";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";

export const jobRerunCommand = () =>
  cloudCommand(
    "rerun",
    "run a failed or canceled job again, as a new one",
    (command) => command.argument("<id>"),
    async (session, id: string, { json }: JsonOption) => {
      const answer = await session.call(rerunJob, { params: { id }, body: {} });
      printDone(answer, json, `Job ${answer.job_id} runs it again.`);
    },
  );

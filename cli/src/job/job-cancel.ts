import { cancelJobs } from "@corbenic/sdk/endpoints";
import { exitCodes } from "../exit-codes.ts";
import { printRows } from "../print/print-rows.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";

export const jobCancelCommand = () =>
  cloudCommand(
    "cancel",
    "cancel jobs, each on its own",
    (command) => command.argument("<ids...>"),
    async (session, ids: readonly string[], { json }: JsonOption) => {
      const { outcomes } = await session.call(cancelJobs, { body: { job_ids: [...ids] } });
      printRows(outcomes, json, [
        { title: "ID", text: ({ job_id }) => job_id },
        { title: "OUTCOME", text: ({ outcome }) => outcome.replaceAll("_", " ") },
      ]);
      if (outcomes.some(({ outcome }) => outcome === "not_found")) process.exitCode = exitCodes.refused.code;
    },
  );

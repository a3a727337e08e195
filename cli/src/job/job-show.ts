import { explainJobError, getJob } from "@corbenic/sdk/endpoints";
import { moment } from "../print/moment.ts";
import { printFields } from "../print/print-fields.ts";
import { table } from "../print/table.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";

export const jobShowCommand = () =>
  cloudCommand(
    "show",
    "show all about a job: its state, its place in the queue, what happened to it",
    (command) => command.argument("<id>"),
    async (session, id: string, { json }: JsonOption) => {
      const job = await session.call(getJob, { params: { id } });
      printFields(job, json, (shown) => [
        ["Id", shown.job_id],
        ["Name", shown.name],
        ["Group", shown.group_name],
        ["Platform", shown.platform_name],
        ["Command", shown.command],
        ["Status", shown.status.replaceAll("_", " ")],
        ["Progress", shown.status === "running" ? `${Math.round(shown.progress * 100)} %` : null],
        ["Message", shown.status_message],
        ["Error", shown.error_code],
        ["What to do", shown.error_code === null ? null : explainJobError(shown.error_code)?.remedy],
        ["Queue", shown.queue === null ? null : placeOf(shown.queue)],
        ["Attempt", `${shown.attempt} of ${shown.attempts_max}`],
        ["Created", moment(shown.created_at)],
        ["Started", shown.started_at === null ? null : moment(shown.started_at)],
        ["Ended", shown.ended_at === null ? null : moment(shown.ended_at)],
        ["Runs again", shown.rerun_from],
        ["Run again as", shown.reruns.length === 0 ? null : shown.reruns.join(" ")],
      ]);
      if (json) return;
      const events = table(job.events, [
        { title: "WHEN", text: ({ at }) => moment(at) },
        { title: "WHAT", text: ({ transition }) => transition.replaceAll("_", " ") },
        { title: "STATUS", text: ({ to_state }) => to_state.replaceAll("_", " ") },
        { title: "BY", text: ({ actor }) => actor },
        { title: "WHY", text: ({ message }) => message ?? "" },
      ]);
      process.stdout.write(`\n${events}\n`);
    },
  );

function placeOf(queue: {
  jobs_ahead: number;
  jobs_ahead_exact: boolean;
  starts_in_s: number | null;
  reason: string;
}): string {
  const ahead = `${queue.jobs_ahead_exact ? "" : "more than "}${queue.jobs_ahead} ahead`;
  const start = queue.starts_in_s === null ? "" : `, about ${Math.round(queue.starts_in_s)} s`;
  return `${ahead}${start}: ${queue.reason}`;
}

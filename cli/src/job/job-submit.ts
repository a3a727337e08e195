import { text } from "node:stream/consumers";
import { Job } from "@corbenic/sdk";
import { UsageError } from "../exit-codes.ts";
import { parseJson, readJsonFile } from "../json-file.ts";
import { printDone } from "../print/print-fields.ts";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { wholeSeconds } from "../session/duration-option.ts";
import { count } from "../session/limit-option.ts";
import { followJob } from "./follow.ts";
import { showResults } from "./show-results.ts";

interface Options extends JsonOption {
  readonly platform: string;
  readonly name?: string;
  readonly command?: string;
  readonly shots?: number;
  readonly group?: string;
  readonly maxDuration?: number;
  readonly wait: boolean;
}

export const jobSubmitCommand = () =>
  cloudCommand(
    "submit",
    "submit a job; without a file, two photons on a balanced beam splitter",
    (command) =>
      command
        .argument("[file]", "a payload as JSON, as Perceval makes it; - for standard input")
        .option("--platform <name>", "the platform to run it on", Job.DEFAULT_PLATFORM_NAME)
        .option("--name <name>", "the job's name")
        .option("--command <command>", "probs, sample_count or samples, instead of the payload's")
        .option("--shots <number>", "how many shots it may make, instead of the payload's", count)
        .option("--group <name>", "the job group it belongs to")
        .option("--max-duration <time>", "how long it may run, such as 10m", wholeSeconds)
        .option("--wait", "wait until it has ended, and show its result", false),
    async (session, file: string | undefined, options: Options) => {
      const payload = {
        ...(file === undefined ? Job.DEFAULT_PAYLOAD : await readPayload(file)),
        ...(options.command === undefined ? {} : { command: options.command }),
        ...(options.shots === undefined ? {} : { max_shots: options.shots }),
      };
      const job = new Job({
        platformName: options.platform,
        payload,
        jobName: options.name ?? (file === undefined ? "Hong-Ou-Mandel" : file),
      });
      await job.create(session.context, session.user, {
        ...(options.group === undefined ? {} : { job_group_name: options.group }),
        ...(options.maxDuration === undefined ? {} : { max_duration: options.maxDuration }),
      });
      if (!options.wait) {
        printDone({ job_id: job.jobId }, options.json, `Submitted job ${job.jobId}.`);
        return;
      }
      const results = await followJob(session, job.jobId);
      if (options.json) {
        const { results: given } = await job.getResults(session.context, session.user);
        process.stdout.write(`${JSON.stringify({ job_id: job.jobId, results: given }, null, 2)}\n`);
      } else {
        process.stdout.write(`Job ${job.jobId}\n\n${showResults(results, 20)}\n`);
      }
    },
  );

/** A payload, or a whole submission that has one. @throws {UsageError} */
async function readPayload(file: string): Promise<Record<string, unknown>> {
  const parsed = file === "-" ? parseJson(await text(process.stdin), "standard input") : readJsonFile(file);
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`The payload in ${file} must be a JSON object.`);
  }
  const { payload = parsed } = parsed as { payload?: Record<string, unknown> };
  return payload as Record<string, unknown>;
}

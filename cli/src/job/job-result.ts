import { readResults } from "@corbenic/sdk";
import { getJobResult } from "@corbenic/sdk/endpoints";
import { cloudCommand, type JsonOption } from "../session/cloud-command.ts";
import { count } from "../session/limit-option.ts";
import { showResults } from "./show-results.ts";

interface Options extends JsonOption {
  readonly raw: boolean;
  readonly top: number;
}

export const jobResultCommand = () =>
  cloudCommand(
    "result",
    "show the result of a job as a histogram",
    (command) =>
      command
        .argument("<id>")
        .option("--top <number>", "how many states to show", count, 20)
        .option("--raw", "print the results as Perceval clients parse them", false),
    async (session, id: string, { raw, top, json }: Options) => {
      const answer = await session.call(getJobResult, { params: { id } });
      if (raw) process.stdout.write(`${answer.results}\n`);
      else if (json) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
      else process.stdout.write(`${showResults(readResults(answer.results), top)}\n`);
    },
  );

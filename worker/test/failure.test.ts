import { expect, test } from "vitest";
import { jobNumber, problem, startBench } from "./fake-cloud.ts";

const partial = '{"results_list":[],"seed":1}';
const failed = { kind: "failed", message: "Broken.", code: "too_long", retryable: false, partial } as const;

test("a worker reports what a job had finished when it failed", async () => {
  const { machine, runs, sent, worker } = startBench({ jobs: [jobNumber(1)] });
  await machine.advanceUntil(() => runs.length === 1);
  runs[0]!.end(failed);
  await machine.advanceUntil(() => sent.some(({ verb }) => verb === "fail"));
  const { body } = sent.find(({ verb }) => verb === "fail")!;
  expect(body).toMatchObject({ message: "Broken.", code: "too_long", retryable: false, results: partial });
  await worker.stop();
});

test("a worker whose partial result is refused ends the job all the same, and says so", async () => {
  const behaviour = ({ verb, body }: { verb: string; body: object }) =>
    verb === "fail" && "results" in body ? problem(413, "body_too_large") : undefined;
  const { machine, runs, sent, worker } = startBench({ jobs: [jobNumber(1)], behaviour });
  await machine.advanceUntil(() => runs.length === 1);
  runs[0]!.end(failed);
  const fails = () => sent.filter(({ verb }) => verb === "fail");
  await machine.advanceUntil(() => fails().length === 2);
  expect(fails()[1]!.body).toMatchObject({
    message: "Broken. What it had finished could not be kept: Refused.",
    retryable: false,
  });
  expect(fails()[1]!.body).not.toHaveProperty("results");
  await worker.stop();
});

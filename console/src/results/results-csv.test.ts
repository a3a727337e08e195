import { Distribution, type RunResults } from "@corbenic/sdk";
import { expect, test } from "vitest";
import { resultsAsCsv } from "./results-csv.ts";

const run = (states: Record<string, number>, iteration?: Record<string, unknown>) =>
  ({ kind: "distribution", distribution: new Distribution(Object.entries(states)), iteration }) as RunResults;

test("one run is a line for each state", () => {
  expect(resultsAsCsv([run({ "|1,0>": 0.25, "|0,1>": 0.75 })])).toBe(
    'state,probability\r\n"|1,0>",0.25\r\n"|0,1>",0.75\r\n',
  );
});

test("lines of iterations tell which parameters they were run with", () => {
  const of = (phi: number, theta: number) => ({ circuit_params: { phi, theta, fixed: 1 } });
  expect(resultsAsCsv([run({ "|1>": 1 }, of(0, 0.5)), run({ "|1>": 1 }, of(1, 0.7))])).toBe(
    "iteration,phi,theta,state,probability\r\n1,0,0.5,|1>,1\r\n2,1,0.7,|1>,1\r\n",
  );
});

import { describe, expect, test } from "vitest";
import { Distribution, readResults, writeResults } from "../src/index.ts";

describe("a distribution", () => {
  const counts = new Distribution([
    ["|0,2>", 30],
    ["|2,0>", 30],
    ["|1,1>", 40],
  ]);

  test("is asked by the text of a state or by its photon counts", () => {
    expect(counts.of("|1,1>")).toBe(40);
    expect(counts.of([2, 0])).toBe(30);
    expect(counts.of([3, 0])).toBe(0);
    expect(counts.total).toBe(100);
    expect(counts.probabilityOf([1, 1])).toBe(0.4);
    expect(new Distribution().probabilityOf([1, 1])).toBe(0);
  });

  test("ranks its outcomes, equal ones by their text", () => {
    expect(counts.ranked().map(({ text }) => text)).toEqual(["|1,1>", "|0,2>", "|2,0>"]);
    expect(counts.ranked(1)).toEqual([{ text: "|1,1>", state: [1, 1], value: 40 }]);
  });
});

describe("results", () => {
  test("are read as they were written", () => {
    const states = new Map([
      ["|2,0>", 0.1 + 0.2],
      ["|0,2>", 0.7],
    ]);
    const { distribution, runs, kind } = readResults(writeResults(states, null));
    expect(kind).toBe("distribution");
    expect(new Map(distribution)).toEqual(states);
    expect(runs).toHaveLength(1);
  });

  test("give the context of the job back, and none where there was none", () => {
    expect(JSON.parse(writeResults(new Map(), { note: 1 })).job_context).toEqual({ note: 1 });
    expect(JSON.parse(writeResults(new Map(), null))).not.toHaveProperty("job_context");
  });

  test("of several iterations are runs in their order", () => {
    const run = (state: string, phi: number) => ({
      results: `:PCVL:BSDistribution:{${state}=1}`,
      global_perf: 1,
      iteration: { circuit_params: { phi } },
    });
    const { distribution, runs } = readResults(
      JSON.stringify({ results_list: [run("|1,0>", 0), run("|0,1>", 3)] }),
    );
    expect(distribution.of([1, 0])).toBe(1);
    expect(runs.map(({ iteration }) => iteration)).toEqual([
      { circuit_params: { phi: 0 } },
      { circuit_params: { phi: 3 } },
    ]);
  });
});

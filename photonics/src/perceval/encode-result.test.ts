import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { circuit, experiment, job, type RunResult, type StateTable } from "../model/index.ts";
import { decodeResult, encodeResult, encodeStates } from "./index.ts";

function table(rows: readonly (readonly [readonly number[], number])[]): StateTable {
  return {
    modes: rows[0]?.[0].length ?? 0,
    counts: Uint16Array.from(rows.flatMap(([counts]) => counts)),
    values: Float64Array.from(rows, ([, value]) => value),
  };
}

const value = fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const tables = fc.integer({ min: 1, max: 6 }).chain((modes) =>
  fc
    .uniqueArray(fc.tuple(fc.array(fc.nat({ max: 65_535 }), { minLength: modes, maxLength: modes }), value), {
      selector: ([counts]) => counts.join(","),
      minLength: 1,
    })
    .map(table),
);

function textOf({ modes, counts }: StateTable, row: number): string {
  return `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>`;
}

function read(results: RunResult["results"]) {
  return decodeResult(JSON.stringify({ results: encodeStates(results) }))[0]!;
}

describe("results", () => {
  test("are written as clients read them", () => {
    const of = table([
      [[2, 0], 0.5],
      [[0, 12], 1e-7],
    ]);
    expect(encodeStates({ kind: "distribution", table: of })).toBe(
      ":PCVL:BSDistribution:{|2,0>=0.5;|0,12>=1e-7}",
    );
    expect(encodeStates({ kind: "counts", table: table([[[2, 0], 10_000]]) })).toBe(
      ":PCVL:BSCount:{|2,0>=10000}",
    );
    expect(encodeStates({ kind: "samples", table: of, order: Uint32Array.of(1, 0, 1) })).toBe(
      ":PCVL:BSSamples:|0,12>;|2,0>/0;1;0",
    );
  });

  test("of nothing are empty", () => {
    const none = { modes: 2, counts: new Uint16Array(), values: new Float64Array() };
    expect(encodeStates({ kind: "distribution", table: none })).toBe(":PCVL:BSDistribution:{}");
    expect(encodeStates({ kind: "samples", table: none, order: new Uint32Array() })).toBe(
      ":PCVL:BSSamples:/",
    );
  });

  test("read back with every digit", () => {
    fc.assert(
      fc.property(tables, (of) => {
        const { states } = read({ kind: "distribution", table: of });
        const expected = Array.from(of.values, (each, row) => [textOf(of, row), each] as const);
        expect([...states]).toEqual(expected.map(([state, each]) => [state, each + 0]));
      }),
    );
  });

  test("that are longer than a block of text are whole", () => {
    const of = table(Array.from({ length: 40_000 }, (_, i) => [[i % 7, i, 0, 1], i / 40_000] as const));
    const { states } = read({ kind: "distribution", table: of });
    expect(states.size).toBe(40_000);
    expect(states.get("|6,39766,0,1>")).toBe(39_766 / 40_000);
  });

  test("keep samples in their order", () => {
    fc.assert(
      fc.property(tables, fc.array(fc.nat()), (of, drawn) => {
        const order = Uint32Array.from(drawn, (each) => each % of.values.length);
        const { samples } = read({ kind: "samples", table: of, order });
        expect(samples).toEqual(Array.from(order, (row) => textOf(of, row)));
      }),
    );
  });
});

describe("the result of a job", () => {
  const run: RunResult = {
    results: { kind: "counts", table: table([[[1, 0], 3]]) },
    physicalPerf: 0.5,
    logicalPerf: 1,
    globalPerf: 0.5,
  };
  const of = experiment(circuit(2), { input: [1, 0] });

  test("has performances and seed, and no context where none was sent", () => {
    const text = encodeResult({ runs: [run], iterated: false, seed: 7 }, job("sample_count", of));
    expect(JSON.parse(text)).toEqual({
      results: ":PCVL:BSCount:{|1,0>=3}",
      physical_perf: 0.5,
      logical_perf: 1,
      global_perf: 0.5,
      seed: 7,
    });
  });

  test("gives the context back as it came", () => {
    const jobContext = {
      result_mapping: ["perceval.utils", "samples_to_probs"],
      mine: ['"', "\u2028", "\ud800"],
    };
    const text = encodeResult({ runs: [run], iterated: false, seed: 7 }, job("samples", of, { jobContext }));
    expect(JSON.parse(text).job_context).toEqual(jobContext);
  });

  test("of an iterator has a run for each finished step, with what was sent for it", () => {
    const sent = [{ circuit_params: { phi: 1 } }, { circuit_params: { phi: 2 } }];
    const iterations = sent.map((each) => ({ circuitParameters: new Map(), sent: each }));
    const text = encodeResult({ runs: [run], iterated: true, seed: 7 }, { ...job("probs", of), iterations });
    const { results_list, seed } = JSON.parse(text);
    expect(seed).toBe(7);
    expect(results_list).toHaveLength(1);
    expect(results_list[0]).toMatchObject({ global_perf: 0.5, iteration: sent[0] });
    expect(decodeResult(text)[0]).toMatchObject({ kind: "counts", iteration: sent[0] });
  });
});

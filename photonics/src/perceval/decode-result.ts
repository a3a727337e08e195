import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { requireTag } from "./decode-values.ts";
import { type JsonObject, requireObject } from "./json-kind.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Reading } from "./reading.ts";
import { parseSamples, parseStates } from "./result-states.ts";

/** One run of a result, with states as they are written, such as `|2,0>`. */
export interface ReadRun {
  readonly kind: "distribution" | "counts" | "samples";
  /** Probability or count of each state; for samples, how often each came. */
  readonly states: ReadonlyMap<string, number>;
  /** Samples in the order in which they were taken. */
  readonly samples?: readonly string[];
  readonly physicalPerf?: number;
  readonly logicalPerf?: number;
  readonly globalPerf?: number;
  /** What the iterator set for this run. */
  readonly iteration?: Readonly<Record<string, unknown>>;
}

const kinds = { BSDistribution: "distribution", BSCount: "counts", BSSamples: "samples" } as const;

/** Reads the JSON string of a job's result: one run, or one for each iteration. @throws {BadPayload} */
export function decodeResult(
  text: string,
  limits: Limits = { ...defaultLimits, textLengthEach: 2 ** 28, textLength: 2 ** 28 },
): ReadRun[] {
  const reading = new Reading(limits);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new BadPayload("result_syntax", "results", quote(text), "a JSON object", { cause });
  }
  const result = requireObject(parsed, "results");
  if (!Array.isArray(result.results_list)) return [readRun(result, "results", reading)];
  return result.results_list.map((run, i) =>
    readRun(requireObject(run, `results_list[${i}]`), `results_list[${i}]`, reading),
  );
}

function readRun(run: JsonObject, path: string, reading: Reading): ReadRun {
  const where = `${path}.results`;
  const { tag, body } = requireTag(run.results, ["BSDistribution", "BSCount", "BSSamples"], where, reading);
  return {
    kind: kinds[tag],
    ...(tag === "BSSamples" ? counted(parseSamples(body, where)) : { states: parseStates(body, where) }),
    ...performance(run, "physical_perf", "physicalPerf"),
    ...performance(run, "logical_perf", "logicalPerf"),
    ...performance(run, "global_perf", "globalPerf"),
    ...(run.iteration === undefined ? {} : { iteration: requireObject(run.iteration, `${path}.iteration`) }),
  };
}

function performance(run: JsonObject, key: string, name: string): Record<string, number> {
  const value = run[key];
  return typeof value === "number" ? { [name]: value } : {};
}

function counted(samples: string[]): { states: Map<string, number>; samples: string[] } {
  const states = new Map<string, number>();
  for (const sample of samples) states.set(sample, (states.get(sample) ?? 0) + 1);
  return { states, samples };
}

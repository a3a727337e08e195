import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { kindOf, requireTag } from "./decode-values.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { Reading } from "./tagged-text.ts";

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
  limits: Limits = { ...defaultLimits, inflatedBytesEach: 2 ** 28, inflatedBytes: 2 ** 28 },
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

function readRun(run: Record<string, unknown>, path: string, reading: Reading): ReadRun {
  const where = `${path}.results`;
  const { tag, body } = requireTag(run.results, ["BSDistribution", "BSCount", "BSSamples"], where, reading);
  return {
    kind: kinds[tag],
    ...(tag === "BSSamples" ? readSamples(body, where) : { states: readStates(body, where) }),
    ...performance(run, "physical_perf", "physicalPerf"),
    ...performance(run, "logical_perf", "logicalPerf"),
    ...performance(run, "global_perf", "globalPerf"),
    ...(run.iteration === undefined ? {} : { iteration: requireObject(run.iteration, `${path}.iteration`) }),
  };
}

function performance(run: Record<string, unknown>, key: string, name: string): Record<string, number> {
  const value = run[key];
  return typeof value === "number" ? { [name]: value } : {};
}

function readStates(body: string, path: string): Map<string, number> {
  if (!body.startsWith("{") || !body.endsWith("}"))
    throw new BadPayload("result_states", path, quote(body), "{state=number;...}");
  const states = new Map<string, number>();
  if (body.length === 2) return states;
  for (const entry of body.slice(1, -1).split(";")) {
    const equals = entry.lastIndexOf("=");
    const value = Number(entry.slice(equals + 1));
    if (equals < 0 || !Number.isFinite(value))
      throw new BadPayload("result_states", path, quote(entry), "state=number");
    states.set(entry.slice(0, equals), value);
  }
  return states;
}

function readSamples(body: string, path: string): { states: Map<string, number>; samples: string[] } {
  const states = new Map<string, number>();
  const [names = "", order = ""] = body.split("/");
  if (names === "") return { states, samples: [] };
  const distinct = names.split(";");
  const samples = order.split(";").map((number) => {
    const sample = distinct[Number(number)];
    if (sample === undefined)
      throw new BadPayload("result_samples", path, quote(number), `0 to ${distinct.length - 1}`);
    states.set(sample, (states.get(sample) ?? 0) + 1);
    return sample;
  });
  return { states, samples };
}

function requireObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new BadPayload("not_object", path, kindOf(value), "an object");
  }
  return value as Record<string, unknown>;
}

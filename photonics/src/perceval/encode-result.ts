import type { Iteration, PhotonicJob, RunResult, SimulationResult, StateTable } from "../model/index.ts";
import { AsciiText } from "./ascii-text.ts";

/** Writes tables of states, each as `|2,0>=0.5;|0,2>=0.5`, with all digits of numbers. */
export type WriteTables = (tables: readonly StateTable[]) => string[];

/**
 * The result of a job as the JSON string that clients parse. Numbers keep all their digits; the job's context is given
 * back as it came, and left out where it was null, since clients fail on a null there.
 */
export function encodeResult(
  result: SimulationResult,
  job: PhotonicJob,
  writeTables: WriteTables = writePlainly,
): string {
  const { iterated, runs } = result;
  const states = statesOf(
    runs.map(({ results }) => results),
    writeTables,
  );
  if (!iterated) return encodeRun(runs[0]!, states[0]!, aroundRuns(result, job));
  return joinSteps(
    runs.map((run, i) => encodeRun(run, states[i]!, aroundStep(job.iterations[i]!))),
    encodeAround(result, job),
  );
}

/** The result of one step of an iterator, to be joined with the others. */
export function encodeStep(
  run: RunResult,
  iteration: Iteration,
  writeTables: WriteTables = writePlainly,
): string {
  return encodeRun(run, encodeStates(run.results, writeTables), aroundStep(iteration));
}

function aroundStep({ sent }: Iteration): object {
  return { iteration: sent };
}

/** What the result of an iterator has besides its steps. */
export function encodeAround(result: Pick<SimulationResult, "seed">, job: PhotonicJob): string {
  return JSON.stringify(aroundRuns(result, job));
}

/** The result of an iterator from the steps that are finished and what is around them. */
export function joinSteps(steps: readonly string[], around: string): string {
  return `{"results_list":[${steps.join(",")}],${around.slice(1)}`;
}

function aroundRuns({ seed }: Pick<SimulationResult, "seed">, job: PhotonicJob): object {
  return { seed, ...(job.jobContext === undefined ? {} : { job_context: job.jobContext }) };
}

/** The text of states is put in as it is: it has no character that JSON would escape. */
function encodeRun(
  { physicalPerf, logicalPerf, globalPerf }: RunResult,
  states: string,
  more: object,
): string {
  const rest = {
    ...(physicalPerf === undefined ? {} : { physical_perf: physicalPerf }),
    ...(logicalPerf === undefined ? {} : { logical_perf: logicalPerf }),
    global_perf: globalPerf,
    ...more,
  };
  return `{"results":"${states}",${JSON.stringify(rest).slice(1)}`;
}

/** `:PCVL:BSDistribution:{|2,0>=0.5;…}`, `:PCVL:BSCount:{…}` or `:PCVL:BSSamples:|2,0>;|0,2>/0;1;1`. */
export function encodeStates(results: RunResult["results"], writeTables: WriteTables = writePlainly): string {
  return statesOf([results], writeTables)[0]!;
}

/** The tables of all runs are written at once. */
function statesOf(all: readonly RunResult["results"][], writeTables: WriteTables): string[] {
  const tables = all.flatMap(({ kind, table }) => (kind === "samples" ? [] : [table]));
  const texts = writeTables(tables).values();
  return all.map((results) => {
    if (results.kind === "samples") return samplesText(results.table, results.order);
    const tag = results.kind === "counts" ? "BSCount" : "BSDistribution";
    return `:PCVL:${tag}:{${texts.next().value!}}`;
  });
}

function writePlainly(tables: readonly StateTable[]): string[] {
  return tables.map(({ modes, counts, values }) => {
    const text = new AsciiText();
    for (let row = 0; row < values.length; row++) {
      if (row > 0) text.write(";");
      text.state(counts, row * modes, modes);
      text.write("=");
      text.number(values[row]!);
    }
    return text.toString();
  });
}

/** Readers number the distinct states by their first appearance. */
function samplesText({ modes, counts, values }: StateTable, order: Uint32Array): string {
  const text = new AsciiText();
  const numbers = new Int32Array(values.length).fill(-1);
  let distinct = 0;
  text.write(":PCVL:BSSamples:");
  for (const row of order) {
    if (numbers[row] !== -1) continue;
    if (distinct > 0) text.write(";");
    text.state(counts, row * modes, modes);
    numbers[row] = distinct++;
  }
  text.write("/");
  for (let k = 0; k < order.length; k++) {
    if (k > 0) text.write(";");
    text.number(numbers[order[k]!]!);
  }
  return text.toString();
}

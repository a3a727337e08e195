import type { Iteration, PhotonicJob, RunResult, SimulationResult, StateTable } from "../model/index.ts";
import { AsciiText } from "./ascii-text.ts";

/**
 * The result of a job as the JSON string that clients parse. Numbers keep all their digits; the job's context is given
 * back as it came, and left out where it was null, since clients fail on a null there.
 */
export function encodeResult(result: SimulationResult, job: PhotonicJob): string {
  const { iterated, runs } = result;
  if (!iterated) return encodeRun(runs[0]!, aroundRuns(result, job));
  return joinSteps(
    runs.map((run, i) => encodeStep(run, job.iterations[i]!)),
    encodeAround(result, job),
  );
}

/** The result of one step of an iterator, to be joined with the others. */
export function encodeStep(run: RunResult, iteration: Iteration): string {
  return encodeRun(run, { iteration: iteration.sent });
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
function encodeRun({ results, physicalPerf, logicalPerf, globalPerf }: RunResult, more: object): string {
  const rest = {
    ...(physicalPerf === undefined ? {} : { physical_perf: physicalPerf }),
    ...(logicalPerf === undefined ? {} : { logical_perf: logicalPerf }),
    global_perf: globalPerf,
    ...more,
  };
  return `{"results":"${encodeStates(results)}",${JSON.stringify(rest).slice(1)}`;
}

/** `:PCVL:BSDistribution:{|2,0>=0.5;…}`, `:PCVL:BSCount:{…}` or `:PCVL:BSSamples:|2,0>;|0,2>/0;1;1`. */
export function encodeStates(results: RunResult["results"]): string {
  const text = new AsciiText();
  if (results.kind === "samples") writeSamples(text, results.table, results.order);
  else {
    text.write(results.kind === "counts" ? ":PCVL:BSCount:{" : ":PCVL:BSDistribution:{");
    writeValues(text, results.table);
    text.write("}");
  }
  return text.toString();
}

function writeValues(text: AsciiText, { modes, counts, values }: StateTable): void {
  for (let row = 0; row < values.length; row++) {
    if (row > 0) text.write(";");
    text.state(counts, row * modes, modes);
    text.write("=");
    text.number(values[row]!);
  }
}

/** Readers number the distinct states by their first appearance. */
function writeSamples(text: AsciiText, { modes, counts, values }: StateTable, order: Uint32Array): void {
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
}

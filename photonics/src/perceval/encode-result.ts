import type { PhotonicJob, RunResult, SimulationResult, StateTable } from "../model/index.ts";

/**
 * The result of a job as the JSON string that clients parse. Numbers keep all their digits; the job's context is given
 * back as it came, and left out where it was null, since clients fail on a null there.
 */
export function encodeResult(result: SimulationResult, job: PhotonicJob): string {
  const context = job.jobContext === undefined ? {} : { job_context: job.jobContext };
  const { seed } = result;
  if (!result.iterated) return JSON.stringify({ ...encodeRun(result.runs[0]!), seed, ...context });
  const results_list = result.runs.map((run, i) => ({
    ...encodeRun(run),
    iteration: job.iterations[i]!.sent,
  }));
  return JSON.stringify({ results_list, seed, ...context });
}

function encodeRun({ results, physicalPerf, logicalPerf, globalPerf }: RunResult): object {
  return {
    results: encodeStates(results),
    ...(physicalPerf === undefined ? {} : { physical_perf: physicalPerf }),
    ...(logicalPerf === undefined ? {} : { logical_perf: logicalPerf }),
    global_perf: globalPerf,
  };
}

/** `:PCVL:BSDistribution:{|2,0>=0.5;…}`, `:PCVL:BSCount:{…}` or `:PCVL:BSSamples:|2,0>;|0,2>/0;1;1`. */
export function encodeStates(results: RunResult["results"]): string {
  const states = stateTexts(results.table);
  if (results.kind === "samples") return `:PCVL:BSSamples:${encodeSamples(states, results.order)}`;
  const { values } = results.table;
  const entries = states.map((state, row) => `${state}=${values[row]}`);
  return `:PCVL:${results.kind === "counts" ? "BSCount" : "BSDistribution"}:{${entries.join(";")}}`;
}

/** Readers number the distinct states by their first appearance. */
function encodeSamples(states: readonly string[], order: Uint32Array): string {
  const numbers = new Map<number, number>();
  const sequence = Array.from(order, (row) => {
    const number = numbers.get(row) ?? numbers.size;
    numbers.set(row, number);
    return number;
  });
  return `${[...numbers.keys()].map((row) => states[row]).join(";")}/${sequence.join(";")}`;
}

function stateTexts({ modes, counts, values }: StateTable): string[] {
  return Array.from(values, (_, row) => `|${counts.subarray(row * modes, (row + 1) * modes).join(",")}>`);
}

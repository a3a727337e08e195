/** What it costs that jobs are computed in a process of their own, against a thread of this one: start, and each job. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { createSimulationProcess } from "../worker/src/simulation-process-client.ts";
import { machineFacts } from "./measured-process.ts";
import { printTiming, timeEach } from "./timing.ts";

const [starts, jobs] = [10, 500];
const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
};
const options = { signal: new AbortController().signal, onProgress: () => undefined };
const script = new URL("../worker/src/simulation-thread.ts", import.meta.url);

async function runInThread(thread: Worker): Promise<void> {
  thread.postMessage({ payload, setting: undefined, stop: new SharedArrayBuffer(4) });
  for (;;) {
    const [told] = (await once(thread, "message")) as [{ kind: string }];
    if (told.kind === "completed") return;
  }
}

console.log(`${machineFacts()}; two photons at a beam splitter`);
console.log(`${"".padEnd(44)}${["p50", "p99", "longest"].map((name) => name.padStart(10)).join("")} ms`);
const threadStart = await timeEach(starts, async () => {
  const thread = new Worker(script);
  await runInThread(thread);
  await thread.terminate();
});
const processStart = await timeEach(starts, async () => {
  const process = createSimulationProcess();
  await process.run(payload, options);
  await process.close();
});
const thread = new Worker(script);
const process = createSimulationProcess();
await runInThread(thread);
await process.run(payload, options);
const inThread = await timeEach(jobs, () => runInThread(thread));
const inProcess = await timeEach(jobs, () => process.run(payload, options));
await thread.terminate();
await process.close();

printTiming("thread: started, first job, ended", threadStart);
printTiming("process: started, first job, ended", processStart);
printTiming("thread: a job", inThread);
printTiming("process: a job", inProcess);
console.log(
  `start: ${(processStart.p50 / threadStart.p50).toFixed(2)} times a thread's (started ahead of jobs)`,
);
console.log(`job: ${(inProcess.p50 / inThread.p50).toFixed(2)} times as long as in a thread`);

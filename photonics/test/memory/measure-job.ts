// node --expose-gc measure-job.ts NUMBER: simulates one of the jobs of memory-jobs.ts, writes its result and copies it as it
// is copied between threads. Prints the most memory that this took, and the estimate, in bytes.
import { estimateJob, quantity } from "../../src/cost/index.ts";
import type { PhotonicJob } from "../../src/model/index.ts";
import { encodeResult } from "../../src/perceval/index.ts";
import { simulate, warmKernels, writeTables } from "../../src/simulation/index.ts";
import { memoryJobs } from "./memory-jobs.ts";

async function run(job: PhotonicJob): Promise<void> {
  structuredClone(encodeResult(await simulate(job, { seed: 1 }), job, writeTables));
}

const { small, job } = memoryJobs[Number(process.argv[2])]!;
warmKernels();
for (let i = 0; i < 3; i++) await run(small);
globalThis.gc?.();
const before = process.memoryUsage.rss();
await run(job);
const taken = process.resourceUsage().maxRSS * 1024 - before;
process.stdout.write(JSON.stringify({ taken, estimated: quantity(estimateJob(job).memoryBytes) }));

/** npm run fuzz:http [-- --requests 50000] [--seed 1]: the long form of fuzz.test.ts. */
import { parseArgs } from "node:util";
import { runFuzz } from "./run-fuzz.ts";

const { values } = parseArgs({
  options: { requests: { type: "string", default: "50000" }, seed: { type: "string" } },
});
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);
const begun = performance.now();
const { operations, requests, byStatus, neverDone, faults } = await runFuzz({
  requests: Number(values.requests),
  seed,
});
const seconds = (performance.now() - begun) / 1000;
for (const fault of faults) console.log(`${fault}\n`);
console.log(
  `seed ${seed}: ${requests} requests to ${operations} operations in ${seconds.toFixed(0)} s, ${faults.length} faults`,
);
for (const [status, count] of [...byStatus].sort(([a], [b]) => a - b)) console.log(`  ${status}  ${count}`);
console.log(`operations that were never done: ${neverDone.join(", ") || "none"}`);
process.exit(faults.length === 0 ? 0 : 1);

/** npm run fuzz [-- runs [seed]]: reads payloads that are wrong in every way that the generators know. */
import fc from "fast-check";
import { badPayloadCodes } from "../../src/perceval/index.ts";
import { checkHostile } from "./check-hostile.ts";
import { hostilePayload } from "./hostile-payload.ts";

const [runs = 200_000, seed = Date.now() | 0] = process.argv.slice(2).map(Number);
const met = new Map<string, number>();
const begun = performance.now();
let slowest = 0;

console.log(`${runs} payloads, seed ${seed}`);
const { failed, counterexample, error, numRuns, errorInstance } = fc.check(
  fc.property(hostilePayload, (payload) => {
    const from = process.threadCpuUsage();
    const code = checkHostile(payload);
    const { user, system } = process.threadCpuUsage(from);
    slowest = Math.max(slowest, (user + system) / 1000);
    met.set(code, (met.get(code) ?? 0) + 1);
  }),
  { numRuns: runs, seed },
) as fc.RunDetails<[unknown]> & { error?: string };

for (const [code, count] of [...met].toSorted(([, a], [, b]) => b - a))
  console.log(`${String(count).padStart(9)}  ${code}`);
const codes = Object.keys(badPayloadCodes);
const missing = codes.filter((code) => !met.has(code));
console.log(
  `${codes.length - missing.length} of ${codes.length} codes met; not met: ${missing.join(" ") || "none"}`,
);
console.log(
  `${numRuns} payloads in ${((performance.now() - begun) / 1000).toFixed(0)} s, the slowest in ${slowest.toFixed(0)} ms of the processor; unexpected errors: ${failed ? 1 : 0}`,
);
if (failed) {
  console.error(JSON.stringify(counterexample), error, errorInstance);
  process.exitCode = 1;
}

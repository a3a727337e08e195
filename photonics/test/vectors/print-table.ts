// npm run vectors [-- folder …] [--each-path]: how each vector of a folder fares, by version of the client, and if asked
// on each path of strong simulation that can be forced.
import { join, resolve } from "node:path";
import { PATH_SPEEDS, type StrongPath } from "../../src/cost/index.ts";
import { forcePath } from "../../src/simulation/index.ts";
import { checkVector, type Verdict } from "./check-vector.ts";
import { readVectors } from "./vector.ts";

const eachPath = process.argv.includes("--each-path");
const paths = eachPath ? (Object.keys(PATH_SPEEDS) as StrongPath[]) : [undefined];
const folders = process.argv.slice(2).filter((argument) => argument !== "--each-path");
const own = ["vectors", "neighbours"].map((name) => join(import.meta.dirname, "../../fixtures", name));
let failed = 0;
for (const path of paths) {
  forcePath(path);
  if (path !== undefined) process.stdout.write(`path: ${path}\n`);
  for (const folder of folders.length > 0 ? folders.map((name) => resolve(name)) : own) {
    process.stdout.write(`${folder}\n`);
    for (const [group, vectors] of readVectors(folder)) {
      const verdicts: Verdict[] = [];
      for (const vector of vectors) {
        const verdict = await checkVector(vector);
        verdicts.push(verdict);
        if (verdict.failure !== undefined)
          process.stdout.write(`  FAIL ${group}/${vector.name}: ${verdict.failure}\n`);
      }
      failed += verdicts.filter(({ failure }) => failure !== undefined).length;
      process.stdout.write(`  ${summary(group, verdicts)}\n`);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;

function summary(group: string, verdicts: readonly Verdict[]): string {
  const parts = (["exact", "sampled", "stochastic"] as const).flatMap((check) => {
    const those = verdicts.filter((verdict) => verdict.check === check);
    if (those.length === 0) return [];
    const passed = those.filter(({ failure }) => failure === undefined);
    const deviation = Math.max(0, ...passed.map(({ deviation = 0 }) => deviation));
    const fine = passed.filter(({ deviation = 0 }) => deviation <= 1e-9).length;
    const pValue = Math.min(1, ...those.map((verdict) => verdict.pValue ?? 1));
    const detail =
      check === "exact"
        ? `${fine} within 1e-9, largest deviation ${deviation.toExponential(1)}`
        : check === "sampled"
          ? `20 seeds each, least chi-square p-value ${pValue.toExponential(1)}`
          : `largest deviation of the mean ${deviation.toExponential(1)}`;
    return [`${check}: ${passed.length} passed, ${those.length - passed.length} failed (${detail})`];
  });
  return `${group}: ${parts.join("; ")}`;
}

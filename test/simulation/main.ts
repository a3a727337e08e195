import { openBench } from "./bench.ts";
import { runSeed } from "./run-seed.ts";

const option = (name: string, fallback: number) => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? fallback : Number(process.argv[index + 1]);
};
const first = option("first", 1);
const seeds = option("seeds", 100);
const steps = option("steps", 200);
const bench = await openBench(process.env.SIMULATION_DATABASE_URL);
const begun = performance.now();
let total = 0;
for (let seed = first; seed < first + seeds; seed++) {
  const outcome = await runSeed(bench, seed, steps);
  total += outcome.steps;
  if (process.argv.includes("--verbose"))
    console.log(seed, outcome.steps, outcome.traceHash, JSON.stringify(outcome.swarm));
  if (outcome.violations.length > 0) {
    console.log(`seed ${seed}:`, outcome.violations.slice(0, 5), JSON.stringify(outcome.swarm));
    for (const line of outcome.recent) console.log("   ", line);
    break;
  }
}
console.log(`${seeds} seeds, ${total} steps, ${((performance.now() - begun) / 1000).toFixed(1)} s`);
await bench.close();

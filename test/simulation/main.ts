import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { inspect, parseArgs } from "node:util";
import pg from "pg";
import { startPrivatePostgres } from "../../server/test/private-postgres.ts";
import { openBench } from "./bench.ts";
import { withPlanted } from "./plant.ts";
import { plantedFaults } from "./planted-faults.ts";
import { runSeed, type SeedOutcome } from "./run-seed.ts";
import { addTotals, emptyTotals, type Totals } from "./totals.ts";

/**
 * Lives through many seeds and prints what happened in them; several processes share them, and `--minutes` ends them
 * early. `--seed N` lives through one alone, twice, and prints its last events.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    first: { type: "string", default: "1" },
    steps: { type: "string", default: "200" },
    processes: { type: "string", default: String(availableParallelism()) },
    minutes: { type: "string", default: "600" },
    seed: { type: "string" },
    planted: { type: "boolean", default: false },
    database: { type: "string" },
  },
});
const steps = Number(values.steps);

/** A share of the seeds, in a process of its own, on a database of its own. */
async function runShare(first: number, count: number, database: string | undefined): Promise<void> {
  const bench = await openBench(database);
  let totals = emptyTotals();
  const until = performance.now() + Number(values.minutes) * 60_000;
  for (let seed = first; seed < first + count && performance.now() < until; seed++) {
    totals = addTotals(totals, await runSeed(bench, seed, steps).then(totalsOf, brokenBy(seed)));
    if (totals.seeds === 20) {
      process.send?.(totals);
      totals = emptyTotals();
    }
  }
  process.send?.(totals);
  await bench.close();
  process.disconnect?.();
}

function totalsOf({ seed, steps, transitions, refusals, violations }: SeedOutcome): Totals {
  return {
    seeds: 1,
    steps,
    transitions: Object.fromEntries(transitions),
    refusals: Object.fromEntries(refusals),
    violations: violations.length === 0 ? [] : [{ seed, says: violations }],
  };
}

/** A seed that breaks the simulation itself is not left out. */
const brokenBy = (seed: number) => (error: unknown) => ({
  ...emptyTotals(),
  seeds: 1,
  violations: [{ seed, says: [`the simulation broke: ${inspect(error)}`] }],
});

/** One seed, twice: the same things must happen. */
async function replay(seed: number, database: string | undefined): Promise<void> {
  const bench = await openBench(database);
  const first = await runSeed(bench, seed, steps);
  const second = await runSeed(bench, seed, steps);
  for (const line of first.recent) console.log(line);
  console.log(JSON.stringify(first.swarm));
  console.log(`seed ${seed}: ${first.steps} steps, trace ${first.traceHash}, again ${second.traceHash}`);
  for (const violation of first.violations) console.log(`  ${violation}`);
  process.exitCode = first.violations.length === 0 && first.traceHash === second.traceHash ? 0 : 1;
  await bench.close();
}

/** Plants each fault alone and looks for the first seed that finds it; then lives through that seed again. */
async function findPlanted(): Promise<void> {
  const server = await startPrivatePostgres({ fsync: false, settings: ["autovacuum=off"] });
  const bench = await openBench(server && (await createDatabase(server.url, "planted")));
  let missed = 0;
  for (const { statement, ...rest } of plantedFaults) {
    let reached = statement === undefined;
    const rewrite = (text: string) => {
      const other = statement!(text);
      reached ||= other !== text;
      return other;
    };
    const fault = statement === undefined ? rest : { ...rest, statement: rewrite };
    const line = await withPlanted(bench, fault, async () => {
      for (let seed = 1; seed <= Number(values.seeds); seed++) {
        const first = await runSeed(bench, seed, steps, fault);
        if (first.violations.length === 0) continue;
        const again = await runSeed(bench, seed, steps, fault);
        const same = again.traceHash === first.traceHash ? "again the same" : "NOT THE SAME AGAIN";
        return `seed ${seed}, ${same}: ${first.violations[0]!.slice(0, 110)}`;
      }
      missed += 1;
      return `NOT FOUND in ${values.seeds} seeds${reached ? "" : ", in which NO STATEMENT HAS THE RULE"}`;
    });
    console.log(`${fault.rule}: ${line}`);
  }
  console.log(`${plantedFaults.length - missed} of ${plantedFaults.length} planted faults found`);
  process.exitCode = missed === 0 ? 0 : 1;
  await bench.close();
  await server?.stop();
}

async function runAll(): Promise<void> {
  const server = await startPrivatePostgres({ fsync: false, settings: ["autovacuum=off"] });
  if (server === undefined)
    console.log("PostgreSQL is not installed: on the embedded database, which is slower.");
  const begun = performance.now();
  let totals = emptyTotals();
  const count = Number(values.seeds);
  const processes = Math.min(Number(values.processes), count);
  const shares = Array.from({ length: processes }, async (_, index) => {
    const from = Number(values.first) + Math.floor((index * count) / processes);
    const to = Number(values.first) + Math.floor(((index + 1) * count) / processes);
    const database = server && (await createDatabase(server.url, `simulation_${index}`));
    const args = [
      "--first",
      String(from),
      "--seeds",
      String(to - from),
      "--steps",
      String(steps),
      "--minutes",
      values.minutes,
    ];
    const child = fork(import.meta.filename, [
      ...args,
      ...(database === undefined ? [] : ["--database", database]),
    ]);
    child.on("message", (part) => {
      totals = addTotals(totals, part as Totals);
      for (const { seed, says } of (part as Totals).violations) console.log(`\nseed ${seed}: ${says[0]}`);
      const { seeds, steps, violations } = totals;
      const line = `${seeds} seeds, ${steps} steps, ${violations.length} seeds with violations`;
      if (process.stdout.isTTY) process.stdout.write(`\r${line} `);
      else if (seeds % 500 === 0) console.log(line);
    });
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`a share ended with ${code}`)),
      );
    });
  });
  try {
    await Promise.all(shares);
  } finally {
    await server?.stop();
  }
  print(totals, (performance.now() - begun) / 1000);
  process.exitCode = totals.violations.length === 0 ? 0 : 1;
}

function print({ seeds, steps, transitions, refusals, violations }: Totals, seconds: number): void {
  console.log(
    `${seeds} seeds, ${steps} steps, ${violations.length} seeds with violations, ${seconds.toFixed(0)} s`,
  );
  for (const [name, counts] of Object.entries({ transitions, refusals })) {
    console.log(`\n${name}`);
    for (const [what, n] of Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)))
      console.log(`  ${what.padEnd(26)}${String(n).padStart(9)}`);
  }
  for (const { seed, says } of violations.slice(0, 20))
    console.log(`\nseed ${seed}: ${says.slice(0, 3).join("; ")}`);
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

if (values.planted) await findPlanted();
else if (values.seed !== undefined) await replay(Number(values.seed), values.database);
else if (process.send !== undefined)
  await runShare(Number(values.first), Number(values.seeds), values.database);
else await runAll();

/**
 * Validated requests over HTTP: status polls and submissions, on the embedded database and on PostgreSQL (with fsync),
 * against a bare Fastify handler that answers the same bytes, measured in turns.
 */
import { startPrivatePostgres } from "../server/test/private-postgres.ts";
import type { Measured } from "./load.ts";
import { machineFacts, measure, type RunningMeasuredServer, startMeasured } from "./measured-process.ts";

const rounds = 3;
const connections = 32;
const seconds = 4;
const warmUpSeconds = 1;

console.log(`${machineFacts()}; ${connections} connections, median of ${rounds} × ${seconds} s`);
const postgres = await startPrivatePostgres({ fsync: true });
if (postgres === undefined)
  console.log("PostgreSQL is not installed: measured on the embedded database only");
const bare = await startMeasured("bare");
const clouds: [string, RunningMeasuredServer][] = [["embedded", await startMeasured("embedded")]];
if (postgres !== undefined) clouds.push(["PostgreSQL", await startMeasured(postgres.url)]);

for (const what of ["status polls", "submissions"] as const) {
  const runs = new Map<string, Measured[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, server] of [["bare handler", bare] as const, ...clouds]) {
      runs.set(name, [...(runs.get(name) ?? []), await measureOne(server, what)]);
    }
  }
  report(what, runs);
}

for (const [, cloud] of clouds) await cloud.stop();
await bare.stop();
await postgres?.stop();

function measureOne(server: RunningMeasuredServer, what: "status polls" | "submissions"): Promise<Measured> {
  const { url, token, statusPath, submitPath, submission } = server;
  const asked =
    what === "status polls"
      ? ({ method: "GET", path: statusPath } as const)
      : ({ method: "POST", path: submitPath, body: JSON.stringify(submission) } as const);
  return measure({ url, token, ...asked, connections, seconds, warmUpSeconds });
}

function report(what: string, runs: ReadonlyMap<string, readonly Measured[]>): void {
  const middle = (name: string, of: keyof Measured) =>
    runs
      .get(name)!
      .map((run) => run[of])
      .toSorted((a, b) => a - b)[Math.floor(rounds / 2)]!;
  const row = (...cells: string[]) =>
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(16) : cell.padStart(11))).join(""));
  console.log("");
  row(what, "per s", "of bare", "p50 ms", "p99 ms", "not 200");
  for (const name of runs.keys()) {
    row(
      name,
      middle(name, "perSecond").toFixed(0),
      (middle(name, "perSecond") / middle("bare handler", "perSecond")).toFixed(3),
      middle(name, "p50Ms").toFixed(1),
      middle(name, "p99Ms").toFixed(1),
      String(middle(name, "refused")),
    );
  }
}

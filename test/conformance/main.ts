/** npm run conformance: tries every operation of the public contract and of the cloud objects, and prints a table. */
import { cloudObjects } from "./cloud-objects.ts";
import { publicContract } from "./public-contract.ts";
import type { Row } from "./row.ts";
import { openStage } from "./stage.ts";
import { tryRow, type Verdict } from "./try-row.ts";

const stage = await openStage();
const operationIds = await readOperationIds();
const verdicts: Verdict[] = [];
for (const [title, rows] of [
  ["The public contract", publicContract],
  ["The cloud objects", cloudObjects],
] as const) {
  console.log(`\n${title}: ${rows.length} operations\n`);
  const tried = await tryAll(rows);
  const width = Math.max(...rows.map(({ path }) => path.length));
  for (const { row, verdict, differences } of tried) {
    console.log(
      `  ${row.method.padEnd(6)} ${row.path.padEnd(width)}  ${verdict.padEnd(9)}  ${operationOf(row).padEnd(26)}  ${row.name}`,
    );
    for (const difference of differences) console.log(`         ${difference}`);
  }
  verdicts.push(...tried);
}
await stage.close();

const counts = Map.groupBy(verdicts, ({ verdict }) => verdict);
const told = [...counts].map(([verdict, of]) => `${of.length} ${verdict}`);
console.log(`\n${verdicts.length} operations: ${told.join(", ")}`);
process.exit(verdicts.some(({ verdict }) => verdict === "differs" || verdict === "missing") ? 1 : 0);

/** Our operation at that path. */
function operationOf({ method, path }: Row): string {
  return operationIds.get(`${method} ${shapeOf(path)}`) ?? "";
}

/** The ids of the operations in the cloud's own document, by method and path. */
async function readOperationIds(): Promise<Map<string, string>> {
  const { paths } = (await stage.ask("nobody", "GET", "/openapi.json")).body as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]): [string, string] => [
        `${method.toUpperCase()} ${shapeOf(path)}`,
        operationId,
      ]),
    ),
  );
}

/** A path whatever its parameters are called. */
function shapeOf(path: string): string {
  return path.replace(/\{\w+\}/g, "{}");
}

async function tryAll(rows: readonly Row[]): Promise<Verdict[]> {
  const tried: Verdict[] = [];
  for (const row of rows) tried.push(await tryRow(stage, row));
  return tried;
}

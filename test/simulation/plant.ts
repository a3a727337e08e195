import type { Bench } from "./bench.ts";
import type { PlantedFault } from "./planted-faults.ts";

/** Does something while the fault is planted in the functions of the database, too. */
export async function withPlanted<T>(bench: Bench, fault: PlantedFault, work: () => Promise<T>): Promise<T> {
  const { procedure } = fault;
  if (procedure === undefined) return work();
  const { client } = bench.database;
  const { rows } = await client.query<{ source: string }>(
    "select pg_get_functiondef(oid) as source from pg_proc where proname = $1",
    [procedure.name],
  );
  const source = rows[0]?.source;
  if (source?.includes(procedure.from) !== true)
    throw new Error(
      `${procedure.name} does not say ${procedure.from}: where is the rule that ${fault.rule}?`,
    );
  await client.query(source.replaceAll(procedure.from, procedure.to));
  try {
    return await work();
  } finally {
    await client.query(source);
  }
}

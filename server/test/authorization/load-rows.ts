import { readdirSync } from "node:fs";
import type { Row } from "./row.ts";

const directory = new URL("rows/", import.meta.url);

/** The rows of all files in `rows/`. */
export async function loadRows(): Promise<Row[]> {
  const files = readdirSync(directory).map((file) => new URL(file, directory).href);
  const modules = await Promise.all(files.map((file) => import(file) as Promise<{ rows: Row[] }>));
  return modules.flatMap(({ rows }) => rows);
}

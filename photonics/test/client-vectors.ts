import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A request that a Perceval client made. */
export interface Vector {
  readonly name: string;
  readonly request: { readonly payload: Readonly<Record<string, unknown>> };
}

const folder = join(import.meta.dirname, "../fixtures/vectors");

export const vectorVersions = readdirSync(folder);

export function vectorsOf(version: string): Vector[] {
  return readdirSync(join(folder, version)).map((file) =>
    JSON.parse(readFileSync(join(folder, version, file), "utf8")),
  );
}

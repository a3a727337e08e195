import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a run must give: values by state text such as `|1,0>`. */
export interface Expected {
  readonly results: Readonly<Record<string, number>>;
  readonly physical_perf?: number;
  readonly logical_perf?: number;
  readonly global_perf?: number;
}

/** A payload that a client posted, and what its author computes for it. */
export interface Vector {
  readonly name: string;
  readonly request: { readonly payload: Readonly<Record<string, unknown>> };
  readonly expected: Expected & {
    /** `exact_probs` for probabilities, `underlying_distribution` for what samples must follow. */
    readonly kind: string;
    /** The circuit itself is drawn at random: the values are means over many draws. */
    readonly stochastic?: boolean;
    readonly results_list?: readonly Expected[];
  };
  readonly tolerance: number;
}

/** The vectors of a folder by the names of its folders, or under its own name when it has none. */
export function readVectors(folder: string): Map<string, Vector[]> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name.localeCompare(b.name));
  const groups = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const read = (group: string) =>
    readdirSync(join(folder, group))
      .filter((file) => file.endsWith(".json"))
      .sort()
      .flatMap((file): Vector[] => {
        const content = JSON.parse(readFileSync(join(folder, group, file), "utf8"));
        return Array.isArray(content) ? content : [content];
      });
  return new Map((groups.length > 0 ? groups : ["."]).map((group) => [group, read(group)]));
}

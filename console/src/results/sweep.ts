import type { RunResults } from "@corbenic/sdk";
import { formatNumber } from "../circuit/format-number.ts";

/** What changes from one iteration to the next, as the axis that they are drawn over. */
export interface Sweep {
  readonly name: string;
  /** One for each iteration. */
  readonly values: readonly number[];
}

type Iterated = Pick<RunResults, "iteration">;

/**
 * The numbers that vary between iterations, and last of all their own, from 1 on. A parameter that some iteration
 * does not set, or sets to no number, is none: there would be no place for it.
 */
export function sweepsOf(runs: readonly Iterated[]): Sweep[] {
  const settings = runs.map(({ iteration }) => flatten(iteration));
  const sweeps: Sweep[] = [];
  for (const name of Object.keys(settings[0] ?? {})) {
    const values = settings.map((each) => each[name]);
    if (values.every((value) => typeof value === "number") && new Set(values).size > 1) {
      sweeps.push({ name, values: values as number[] });
    }
  }
  return [...sweeps, { name: "iteration", values: runs.map((_, i) => i + 1) }];
}

/** What an iteration set, in a line. */
export function iterationName({ iteration }: Iterated, index: number): string {
  const text = Object.entries(flatten(iteration))
    .map(([key, value]) => `${key} = ${typeof value === "number" ? formatNumber(value) : String(value)}`)
    .join(", ");
  return text === "" ? String(index + 1) : `${index + 1}: ${text.slice(0, 80)}`;
}

/** Parameters of the circuit and of the noise under their own names, everything else as it is set. */
function flatten(iteration: Iterated["iteration"]): Record<string, unknown> {
  const { circuit_params: circuit, noise, ...rest } = iteration ?? {};
  return { ...inner(circuit), ...(typeof noise === "string" ? { noise } : inner(noise)), ...rest };
}

function inner(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

type Counts = Readonly<Record<string, number>>;

/** What happened in some seeds. */
export interface Totals {
  readonly seeds: number;
  readonly steps: number;
  /** How often each transition was made. */
  readonly transitions: Counts;
  /** How often each refusal was given. */
  readonly refusals: Counts;
  readonly violations: readonly { readonly seed: number; readonly says: readonly string[] }[];
}

export function emptyTotals(): Totals {
  return { seeds: 0, steps: 0, transitions: {}, refusals: {}, violations: [] };
}

export function addTotals(a: Totals, b: Totals): Totals {
  return {
    seeds: a.seeds + b.seeds,
    steps: a.steps + b.steps,
    transitions: addCounts(a.transitions, b.transitions),
    refusals: addCounts(a.refusals, b.refusals),
    violations: [...a.violations, ...b.violations],
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  const sum = new Map(Object.entries(a));
  for (const [name, n] of Object.entries(b)) sum.set(name, (sum.get(name) ?? 0) + n);
  return Object.fromEntries(sum);
}

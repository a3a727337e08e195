import type { JobUsage } from "@corbenic/sdk/endpoints";

/** What some jobs took together. */
export interface Used {
  readonly name: string;
  readonly jobs: number;
  readonly completed: number;
  readonly failed: number;
  readonly canceled: number;
  readonly seconds: number;
  /** Null where none had a bound. */
  readonly shotsMax: number | null;
}

/** Sums under each name, the most jobs first. */
export function usedBy(usage: readonly JobUsage[], nameOf: (of: JobUsage) => string): Used[] {
  const sums = new Map<string, Used>();
  for (const each of usage) {
    const name = nameOf(each);
    const before = sums.get(name) ?? unused(name);
    sums.set(name, {
      name,
      jobs: before.jobs + each.jobs,
      completed: before.completed + each.completed,
      failed: before.failed + each.failed,
      canceled: before.canceled + each.canceled,
      seconds: before.seconds + each.ran_for_s,
      shotsMax: each.shots_max === null ? before.shotsMax : (before.shotsMax ?? 0) + each.shots_max,
    });
  }
  return [...sums.values()].sort((a, b) => b.jobs - a.jobs);
}

/** Sums of each of the days, as `2026-03-31`, also of those without a job. */
export function usedOn(days: readonly string[], usage: readonly JobUsage[]): Used[] {
  const byDay = new Map(usedBy(usage, ({ day }) => day).map((used) => [used.name, used]));
  return days.map((day) => byDay.get(day) ?? unused(day));
}

function unused(name: string): Used {
  return { name, jobs: 0, completed: 0, failed: 0, canceled: 0, seconds: 0, shotsMax: null };
}

import type { PostSelection } from "./post-selection.ts";

/** What every mode holds at least and at most. */
export interface CountBounds {
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/** Bounds that the counts of a state have when it fulfils a condition; others may have them, too. */
export function boundsOfCondition(condition: PostSelection, modes: number): CountBounds {
  const bounds = {
    least: new Array<number>(modes).fill(0),
    most: new Array<number>(modes).fill(Number.POSITIVE_INFINITY),
  };
  if (condition.kind === "count") {
    const { least, most } = rangeOf(condition);
    const seen = condition.modes.filter((mode) => mode < modes);
    for (const mode of seen) bounds.most[mode] = Math.max(0, most);
    if (seen.length === 1) bounds.least[seen[0]!] = least;
  } else if (condition.kind === "and" || condition.kind === "or") {
    const parts = condition.of.map((part) => boundsOfCondition(part, modes));
    const [tighter, looser] = [Math.max, Math.min];
    const [least, most] = condition.kind === "and" ? [tighter, looser] : [looser, tighter];
    for (let mode = 0; mode < modes; mode++) {
      bounds.least[mode] = least(...parts.map((part) => part.least[mode]!));
      bounds.most[mode] = most(...parts.map((part) => part.most[mode]!));
    }
  }
  return bounds;
}

function rangeOf({ comparison, photons }: Extract<PostSelection, { kind: "count" }>) {
  const any = Number.POSITIVE_INFINITY;
  switch (comparison) {
    case "==":
      return { least: photons, most: photons };
    case ">=":
      return { least: photons, most: any };
    case ">":
      return { least: photons + 1, most: any };
    case "<=":
      return { least: 0, most: photons };
    case "<":
      return { least: 0, most: photons - 1 };
  }
}

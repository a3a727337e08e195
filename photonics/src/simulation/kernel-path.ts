import { fasterPath, type StrongPath } from "../cost/strong-path.ts";
import type { Engine, Team } from "../kernels/index.ts";

/**
 * How this process computes: which path, where one is to be forced, and what threads help. It belongs to the process
 * as its memory and cores do; results do not depend on threads, and on the path only by rounding.
 */
let forced: StrongPath | undefined;
let helping: Team | undefined;

/** Makes every job take one path, or each its own again. */
export function forcePath(path: StrongPath | undefined): void {
  forced = path;
}

/** Lets threads help with large jobs. */
export function useTeam(team: Team | undefined): void {
  helping = team;
}

export function currentTeam(): Team | undefined {
  return helping;
}

/** The kernels for a simulation of so many products of amplitudes; none where plain layers are faster. */
export function engineFor(steps: number): Engine | undefined {
  const path = forced ?? fasterPath(steps);
  return path === "layers" ? undefined : path;
}

import { fasterPath, type StrongPath } from "../cost/strong-path.ts";
import { createTeam, type Engine, type Team } from "../kernels/index.ts";

/**
 * How this process computes: which path, where one is to be forced, and what threads help. It belongs to the process
 * as its memory and cores do; results do not depend on threads, and on the path only by rounding.
 */
let forced: StrongPath | undefined;
let forcedDraws: boolean | undefined;
let helpersMax = 0;
let team: Team | undefined;

/** Makes every job take one path, or each its own again. */
export function forcePath(path: StrongPath | undefined): void {
  forced = path;
}

/** Makes every sampling that can be done both ways draw its events one by one, or from all probabilities. */
export function forceDraws(oneByOne: boolean | undefined): void {
  forcedDraws = oneByOne;
}

/** Whether to draw events one by one, where that is forced. */
export function drawsForced(): boolean | undefined {
  return forcedDraws;
}

/** Lets up to so many more threads help with large jobs. They are started for the first one. */
export function allowHelpers(count: number): void {
  helpersMax = count;
}

/** A simulation of fewer products is over before helpers have heard of it. */
const helpedFrom = 2e7;

/** The threads that help with a simulation of so many products of amplitudes. */
export function teamFor(steps: number): Team | undefined {
  if (steps < helpedFrom || helpersMax < 1) return undefined;
  team ??= createTeam(helpersMax);
  return team;
}

/** The kernels for a simulation of so many products of amplitudes; none where plain layers are faster. */
export function engineFor(steps: number): Engine | undefined {
  const path = forced ?? fasterPath(steps);
  return path === "layers" ? undefined : path;
}

/** The kernels that draw. */
export function drawingEngine(): Engine {
  return forced === undefined || forced === "wasm" ? "wasm" : "plain";
}

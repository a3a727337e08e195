import { fulfils, type PostSelection } from "../model/index.ts";
import { addTo, type Probabilities, stateOf } from "./states.ts";

/** What is kept of a distribution, normalized, without the heralded modes, with the performances by definition. */
export function selected(
  detected: Probabilities,
  heralds: ReadonlyMap<number, number>,
  postSelection: PostSelection | undefined,
  photonsMin: number,
) {
  const enough = [...detected].filter(([key]) => stateOf(key).reduce((sum, n) => sum + n, 0) >= photonsMin);
  const kept = enough.filter(([key]) => {
    const state = stateOf(key);
    return (
      [...heralds].every(([mode, photons]) => state[mode] === photons) &&
      (postSelection === undefined || fulfils(postSelection, state))
    );
  });
  const sum = (some: [string, number][]) => some.reduce((total, [, p]) => total + p, 0);
  const probabilities: Probabilities = new Map();
  for (const [key, p] of kept) {
    const shown = stateOf(key).filter((_, mode) => !heralds.has(mode));
    addTo(probabilities, shown, p / sum(kept));
  }
  return { probabilities, physicalPerf: sum(enough), globalPerf: sum(kept) };
}

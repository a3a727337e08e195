import type { AnnotatedState, StateVector } from "../model/index.ts";
import { columnsOf, isSeen, waysOf } from "./columns.ts";
import { combine, type Distribution, emptyDistribution, vacuum, withPhoton } from "./distribution.ts";
import { addSeen, interferenceOf, normOf } from "./interference.ts";
import type { Optics } from "./optics.ts";
import { requireStates } from "./required-states.ts";
import { superposedOutput } from "./superposed-output.ts";
import { entrancesOf, tagsOf } from "./tagged-photons.ts";
import type { Watch } from "./watch.ts";

/**
 * The output of a superposition of states of photons that may be told apart by their tags. States have the modes of
 * every period, one after the other.
 */
export function vectorOutput(optics: Optics, vector: StateVector, watch: Watch): Distribution {
  const [only] = vector;
  return vector.length === 1 && only !== undefined
    ? stateOutput(optics, only.state, watch)
    : superposedOutput(optics, vector, watch);
}

/** Photons of equal tags interfere; groups of different tags are independent. */
function stateOutput(optics: Optics, state: AnnotatedState, watch: Watch): Distribution {
  // Photons that cannot be seen change nothing of what is; in a superposition they could tell which term it was.
  const groups = tagsOf(state).map((tag) =>
    entrancesOf(state, tag).filter((entrance) => isSeen(optics, entrance)),
  );
  const photonsMax = groups.reduce((sum, { length }) => sum + length, 0);
  requireStates(photonsMax, optics.modes + 1);
  let result = vacuum(optics.modes, photonsMax);
  for (const entrances of groups) {
    const [first] = entrances;
    if (entrances.length === 1 && first !== undefined) {
      result = withPhoton(result, waysOf(optics, first), watch);
      continue;
    }
    const { rows, columns } = columnsOf(optics, entrances);
    requireStates(columns.length, rows);
    const interference = interferenceOf(columns, rows, watch);
    const group = emptyDistribution(optics.modes, photonsMax);
    addSeen(group, interference, optics, 1 / normOf(interference, watch), watch);
    result = combine(result, group, watch);
  }
  return result;
}

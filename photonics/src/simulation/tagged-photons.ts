import type { AnnotatedState } from "../model/index.ts";
import type { Entrance } from "./columns.ts";

/** The tags that tell photons of a state apart; photons without one are alike. */
export function tagsOf(state: AnnotatedState): string[] {
  return [...new Set(state.flat().map(({ tag }) => tag ?? ""))].sort();
}

/** Where the photons of a tag enter. */
export function entrancesOf(state: AnnotatedState, tag: string): Entrance[] {
  return state.flatMap((photons, mode) =>
    photons
      .filter((photon) => (photon.tag ?? "") === tag)
      .map(({ polarization }) => ({ mode, polarization })),
  );
}

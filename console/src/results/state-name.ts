/** A state within so many characters: its first and its last modes, where all of it is too long. */
export function shortState(state: string, most: number): string {
  if (state.length <= most) return state;
  const kept = Math.max(4, most - 1);
  const first = Math.ceil(kept / 2);
  return `${state.slice(0, first)}…${state.slice(state.length - (kept - first))}`;
}

/** The width of a character of a state, in pixels. */
export const stateCharacterWidth = 7.4;

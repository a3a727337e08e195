/** How often a failpoint is tried that the process did not come to. */
const triesMax = 4;

export interface Tried {
  readonly kills: number;
  /** Kills at the failpoint that was meant; the others were of processes that did not come there in time. */
  readonly hits: number;
  readonly neverReached: readonly string[];
}

/**
 * Kills a process at each failpoint. One that was not reached goes to the end of the queue.
 * @param kill whether the process died there; it is gone in any case
 */
export async function tryFailpoints(
  failpoints: readonly string[],
  kill: (failpoint: string) => Promise<boolean>,
): Promise<Tried> {
  const queue = failpoints.map((failpoint) => ({ failpoint, tries: 0 }));
  const neverReached: string[] = [];
  let [kills, hits] = [0, 0];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { failpoint, tries } = next;
    const hit = await kill(failpoint);
    kills += 1;
    if (hit) hits += 1;
    else if (tries + 1 < triesMax) queue.push({ failpoint, tries: tries + 1 });
    else neverReached.push(failpoint);
  }
  return { kills, hits, neverReached };
}

export function describeTried({ kills, hits, neverReached }: Tried): string {
  const never = neverReached.length === 0 ? "" : ` (never reached: ${neverReached.join(", ")})`;
  return `${kills} kills, ${hits} of them at their failpoint${never}`;
}

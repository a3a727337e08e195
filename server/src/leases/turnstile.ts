/** Does the work, when it is let in. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Lets so much work be under way at once, and the rest in as it came: a herd that arrives together waits here, and not
 * for the connections to the database that everybody else needs.
 */
export function createTurnstile(most: number): Turnstile {
  const waiting: (() => void)[] = [];
  let inside = 0;

  return async (work) => {
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else inside += 1;
    try {
      return await work();
    } finally {
      // Whoever comes next takes this place over.
      const next = waiting.shift();
      if (next === undefined) inside -= 1;
      else next();
    }
  };
}

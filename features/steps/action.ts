import { When } from "@cucumber/cucumber";
import type { Stage } from "./world.ts";

type Act = (stage: Stage, ...words: never[]) => Promise<unknown> | unknown;

/**
 * Something that somebody does, in both ways of saying it: `{actor} cancels …`, after which it is done, and
 * `{actor} tries to cancel …`, after which it was refused. The pattern has the verb as `cancels/cancel`; where what
 * was done lies before the scenario it says `has canceled`, given as a third form.
 */
export function action(pattern: string, act: Act): void {
  const forms = /(\w+)\/(\w+)(?:\/(\w+))?/.exec(pattern);
  if (forms === null) throw new Error(`"${pattern}" lacks its verb as does/do.`);
  const [all, does, basic, done] = forms as unknown as [string, string, string, string | undefined];
  const words = count(pattern);
  When(pattern.replace(all, does), arity(words, act));
  if (done !== undefined) When(pattern.replace(all, `has ${done}`), arity(words, act));
  When(
    pattern.replace(all, `tries to ${basic}`),
    arity(words, async (stage: Stage, ...rest: never[]) => {
      try {
        await act(stage, ...rest);
      } catch (error) {
        stage.refusals.push(error as Error);
        return;
      }
      throw new Error("It was not refused.");
    }),
  );
}

function count(pattern: string): number {
  return [...pattern.matchAll(/\{\w+\}/g)].length;
}

/** Cucumber counts a step's parameters: the function must have as many as its pattern. */
function arity(words: number, act: Act) {
  const step = function (this: Stage, ...rest: never[]) {
    return act(this, ...rest);
  };
  return Object.defineProperty(step, "length", { value: words }) as (this: Stage) => unknown;
}

import { Problem, type ProblemCode, UnreachableError } from "@corbenic/protocol";
import type { Scheduler } from "./scheduler.ts";

/** Makes requests that may come to nothing, as everybody does whom a simulation makes up. */
export type Ask = <T>(
  asking: (signal: AbortSignal) => Promise<T>,
  /** The refusals that are all right. */
  expected: readonly ProblemCode[],
) => Promise<Asked<T>>;

/** The answer, or the refusal, or neither when none came: what happened then is not known. */
export interface Asked<T> {
  readonly answer?: T;
  readonly refusal?: ProblemCode;
}

const patienceMs = 5_000;

export function createAsk(name: string, scheduler: Scheduler, violate: (says: string) => void): Ask {
  return async (asking, expected) => {
    const patience = new AbortController();
    const timer = scheduler.after(patienceMs, `${name} loses patience`, () =>
      patience.abort(new Error("too late")),
    );
    try {
      return { answer: await asking(patience.signal) };
    } catch (error) {
      if (error instanceof Problem) {
        if (!expected.includes(error.code)) violate(`${name} was refused: ${error.code}: ${error.message}`);
        return { refusal: error.code };
      }
      if (!isSilence(error) && !patience.signal.aborted) throw error;
      return {};
    } finally {
      timer.cancel();
    }
  };
}

/** Nothing was heard: every answer of this cloud is one of its protocol. */
function isSilence(error: unknown): boolean {
  return error instanceof UnreachableError && error.status === undefined;
}

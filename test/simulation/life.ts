import type { Services } from "../../server/src/app.ts";
import { gatherAnew } from "../../server/src/database/gather.ts";
import { createSubmissionTurns, type SubmissionTurns } from "../../server/src/jobs/submission-turns.ts";
import { lookingMax } from "../../server/src/leases/fetch.ts";
import { createQueueSignal, type QueueSignal } from "../../server/src/leases/queue-signal.ts";
import { createTurnstile, type Turnstile } from "../../server/src/leases/turnstile.ts";
import type { Scheduler } from "./scheduler.ts";

/**
 * A life of a process of the control plane: what was begun in one life does not go on in the next, and what it kept in
 * memory goes with it.
 */
export interface Life {
  over: boolean;
  readonly queueSignal: QueueSignal;
  readonly submissionTurns: SubmissionTurns;
  readonly fetchTurnstile: Turnstile;
}

/** Begins a life with nothing in memory, in virtual time. */
export function beginLife(db: Services["db"], scheduler: Scheduler): Life {
  const now = () => scheduler.now;
  gatherAnew(db, now);
  const life: Life = {
    over: false,
    queueSignal: createQueueSignal(() => undefined, {
      now,
      after(ms, act) {
        const timer = scheduler.after(ms, "a fetch looks again", () => {
          if (!life.over) act();
        });
        return () => timer.cancel();
      },
    }),
    submissionTurns: createSubmissionTurns(db, now),
    fetchTurnstile: createTurnstile(lookingMax),
  };
  return life;
}

import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import { type OpenRoom, openRoom } from "../admission/open-room.ts";
import { isDatabaseAway } from "../database/away.ts";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { lockShareGroup } from "./submission-store.ts";

/** What is done while nobody else of the account's share group submits. */
export interface TurnWork {
  /** Says which job there is already, if there is. Writes nothing. @throws {Problem} to refuse */
  check(client: Queryable, room: OpenRoom): Promise<string | undefined>;
  /** Stores the job, and notes it in the room. @returns its id */
  store(client: Queryable, room: OpenRoom): Promise<string>;
}

interface Turn extends TurnWork {
  readonly resolve: (id: string) => void;
  readonly reject: (error: unknown) => void;
}

/** Submissions that go into one transaction at most: whoever waits for the lock waits for all of them. */
const turnsMax = 64;

/** Nobody waits longer for a transaction that hangs: another is begun beside it, and waits for the lock at most. */
const patienceMs = 5_000;

interface Queue {
  readonly turns: Turn[];
  /** When the transaction that is under way began. */
  takenAt: number;
}

export type SubmissionTurns = (userId: number, work: TurnWork) => Promise<string>;

/**
 * Takes submissions of an account in, one after the other. Those that arrive while a transaction is under way go into
 * the next one together: they would wait for the same lock anyhow, and so wait for one commit and not for each other's.
 * @param now milliseconds that only go forward
 */
export function createSubmissionTurns(db: pg.Pool, now = () => performance.now()): SubmissionTurns {
  /** Of the accounts for which a transaction is under way. */
  const queues = new Map<number, Queue>();

  async function serve(userId: number, queue: Queue): Promise<void> {
    while (queue.turns.length > 0) {
      queue.takenAt = now();
      await take(db, userId, queue.turns.splice(0, turnsMax));
    }
    if (queues.get(userId) === queue) queues.delete(userId);
  }

  return (userId, work) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const turn = { ...work, resolve, reject };
    const before = queues.get(userId);
    if (before !== undefined && now() - before.takenAt < patienceMs) before.turns.push(turn);
    else {
      const queue: Queue = { turns: [...(before?.turns.splice(0) ?? []), turn], takenAt: 0 };
      queues.set(userId, queue);
      void serve(userId, queue);
    }
    return promise;
  };
}

/** Settles every one of the turns, when it is known that what it stored stays. */
async function take(db: pg.Pool, userId: number, turns: readonly Turn[]): Promise<void> {
  let committing = false;
  try {
    const outcomes = await inTransaction(db, async (client) => {
      if (!(await lockShareGroup(client, userId))) {
        throw new Problem("not_authenticated", "The account was closed at this moment.");
      }
      const room = openRoom(client);
      const made: { id: string; turn: Turn }[] = [];
      for (const turn of turns) {
        const id = await idOrRefusal(client, room, turn);
        if (id !== undefined) made.push({ id, turn });
      }
      committing = true;
      return made;
    });
    for (const { id, turn } of outcomes) turn.resolve(id);
  } catch (error) {
    // One of them cannot be stored, and nothing was: the others must not fail with it.
    const alone = turns.length === 1 || committing || error instanceof Problem || isDatabaseAway(error);
    if (alone) for (const { reject } of turns) reject(error);
    else for (const turn of turns) await take(db, userId, [turn]);
  }
}

/** @returns undefined when the turn is refused, which leaves the transaction as it was */
async function idOrRefusal(client: Queryable, room: OpenRoom, turn: Turn): Promise<string | undefined> {
  let before: string | undefined;
  try {
    before = await turn.check(client, room);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    turn.reject(error);
    return undefined;
  }
  return before ?? turn.store(client, room);
}

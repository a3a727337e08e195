import type { Queryable } from "./database.ts";

/** Finds the answers to many questions with one statement, in the order of the questions. */
export type AskMany<Question, Answer> = (
  db: Queryable,
  questions: readonly Question[],
) => Promise<readonly Answer[]>;

interface Waiting<Question, Answer> {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Counter<Question, Answer> {
  waiting: Waiting<Question, Answer>[];
  /** When the statement under way began; undefined when there is none. */
  askedAt: number | undefined;
}

/** Where questions on the same connections come together, and the clock that they wait by. */
interface Desk {
  readonly now: () => number;
}

const desks = new WeakMap<Queryable, Desk>();

/**
 * Gathers the questions on these connections apart from what was under way there, as a process that begins anew does.
 * @param now milliseconds that only go forward
 */
export function gatherAnew(db: Queryable, now: () => number): void {
  desks.set(db, { now });
}

function deskOf(db: Queryable): Desk {
  let desk = desks.get(db);
  if (desk === undefined) {
    desk = { now: () => performance.now() };
    desks.set(db, desk);
  }
  return desk;
}

/** So many questions go into one statement at most. */
const questionsMax = 200;
/** Nobody waits longer for a statement that hangs: another is begun beside it. */
const patienceMs = 1_000;

/**
 * Makes questions that arrive while a statement is under way share the next one: under load there are fewer
 * statements, the more there is to do, and a question alone is asked at once. An answer is as fresh as that of a
 * statement of its own, since its statement begins after it was asked.
 *
 * Statements take the questions as `unnest((select $1::uuid[]))`: so the planner does not see how many they are, and
 * keeps one plan for all numbers. Seeing it, it would plan each time anew, for longer than the statement takes.
 */
export function gather<Question, Answer>(
  askMany: AskMany<Question, Answer>,
): (db: Queryable, question: Question) => Promise<Answer> {
  const counters = new WeakMap<Desk, Counter<Question, Answer>>();

  async function serve(db: Queryable, { now }: Desk, counter: Counter<Question, Answer>): Promise<void> {
    while (counter.waiting.length > 0) {
      const turn = counter.waiting.splice(0, questionsMax);
      const askedAt = now();
      counter.askedAt = askedAt;
      try {
        const answers = await askMany(
          db,
          turn.map(({ question }) => question),
        );
        for (const [index, { resolve }] of turn.entries()) resolve(answers[index]!);
      } catch (error) {
        for (const { reject } of turn) reject(error);
      }
      if (counter.askedAt !== askedAt) return;
    }
    counter.askedAt = undefined;
  }

  return (db, question) => {
    const desk = deskOf(db);
    let counter = counters.get(desk);
    if (counter === undefined) {
      counter = { waiting: [], askedAt: undefined };
      counters.set(desk, counter);
    }
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    counter.waiting.push({ question, resolve, reject });
    if (counter.askedAt === undefined || desk.now() - counter.askedAt > patienceMs)
      void serve(db, desk, counter);
    return promise;
  };
}

/** Rows in the order of the questions that they answer; undefined where there is none. */
export function inOrder<Row extends { readonly asked: number }>(
  rows: readonly Row[],
  questions: number,
): (Row | undefined)[] {
  const answers: (Row | undefined)[] = Array.from({ length: questions }, () => undefined);
  for (const row of rows) answers[row.asked - 1] = row;
  return answers;
}

import { describe, expect, test } from "vitest";
import type { Queryable } from "./database.ts";
import { gather, gatherAnew, inOrder } from "./gather.ts";

/** Statements that are answered when the test says so. */
function held() {
  const statements: { questions: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = gather<number, string>(
    (_, questions) =>
      new Promise((resolve, reject) => {
        const answer = () => resolve(questions.map((question) => `answer ${question}`));
        statements.push({ questions, answer, fail: reject });
      }),
  );
  return { statements, ask };
}

const db = {} as Queryable;

describe("questions that are gathered", () => {
  test("are asked at once when there is nobody to wait for", () => {
    const { statements, ask } = held();
    void ask(db, 1);
    expect(statements.map(({ questions }) => questions)).toEqual([[1]]);
  });

  test("share the statement after the one that is under way, and each has its answer", async () => {
    const { statements, ask } = held();
    const answers = [1, 2, 3].map((question) => ask(db, question));
    expect(statements.map(({ questions }) => questions)).toEqual([[1]]);
    statements[0]!.answer();
    expect(await answers[0]).toBe("answer 1");
    expect(statements.map(({ questions }) => questions)).toEqual([[1], [2, 3]]);
    statements[1]!.answer();
    expect(await Promise.all(answers)).toEqual(["answer 1", "answer 2", "answer 3"]);
  });

  test("fail with their statement, and the next ones do not", async () => {
    const { statements, ask } = held();
    const lost = ask(db, 1);
    const next = ask(db, 2);
    statements[0]!.fail(new Error("away"));
    await expect(lost).rejects.toThrow("away");
    statements[1]!.answer();
    expect(await next).toBe("answer 2");
  });

  test("are not gathered across connections", () => {
    const { statements, ask } = held();
    void ask(db, 1);
    void ask({} as Queryable, 2);
    expect(statements.map(({ questions }) => questions)).toEqual([[1], [2]]);
  });

  test("do not wait for what was under way on their connections before these began anew", async () => {
    const { statements, ask } = held();
    const anew = {} as Queryable;
    void ask(anew, 1);
    gatherAnew(anew, () => 0);
    const answer = ask(anew, 2);
    expect(statements.map(({ questions }) => questions)).toEqual([[1], [2]]);
    statements[1]!.answer();
    expect(await answer).toBe("answer 2");
  });

  test("do not wait for a statement that hangs, by the clock they were given", () => {
    const { statements, ask } = held();
    const timed = {} as Queryable;
    let now = 0;
    gatherAnew(timed, () => now);
    void ask(timed, 1);
    now = 1_000;
    void ask(timed, 2);
    expect(statements.map(({ questions }) => questions)).toEqual([[1]]);
    now = 1_001;
    void ask(timed, 3);
    expect(statements.map(({ questions }) => questions)).toEqual([[1], [2, 3]]);
  });

  test("are answered by the rows that name them, in whatever order they come", () => {
    expect(
      inOrder(
        [
          { asked: 3, x: "c" },
          { asked: 1, x: "a" },
        ],
        3,
      ),
    ).toEqual([{ asked: 1, x: "a" }, undefined, { asked: 3, x: "c" }]);
  });
});

import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import { describe, expect, test } from "vitest";
import { createSubmissionTurns, type TurnWork } from "./submission-turns.ts";

/** A database that notes what it is asked, and opens its first transaction when told to. */
function notingDatabase() {
  const said: string[] = [];
  const gate = Promise.withResolvers<void>();
  const client = {
    async query(statement: string | { text: string }) {
      said.push(typeof statement === "string" ? statement : "lock");
      return { rows: [{}] };
    },
    on: () => undefined,
    off: () => undefined,
    release: () => undefined,
  };
  const db = { connect: () => gate.promise.then(() => client) } as unknown as pg.Pool;
  return { db, said, open: gate.resolve };
}

const storing = (said: string[], id: string): TurnWork => ({
  check: async () => undefined,
  async store() {
    said.push(`store ${id}`);
    return id;
  },
});

describe("submissions of one account", () => {
  test("that arrive while one is under way share the next transaction", async () => {
    const { db, said, open } = notingDatabase();
    const inTurn = createSubmissionTurns(db);
    const ids = ["a", "b", "c"].map((id) => inTurn(7, storing(said, id)));
    open();
    expect(await Promise.all(ids)).toEqual(["a", "b", "c"]);
    expect(said).toEqual(
      ["begin", "lock", "store a", "commit"].concat(["begin", "lock", "store b", "store c", "commit"]),
    );
  });

  test("that are refused, or were made before, leave the others alone", async () => {
    const { db, said, open } = notingDatabase();
    const inTurn = createSubmissionTurns(db);
    const first = inTurn(7, storing(said, "a"));
    const refused = inTurn(7, {
      ...storing(said, "b"),
      check: () => Promise.reject(new Problem("queue_full", "Full.")),
    });
    const replayed = inTurn(7, { ...storing(said, "c"), check: async () => "earlier" });
    const last = inTurn(7, storing(said, "d"));
    open();
    await expect(refused).rejects.toThrow("Full.");
    expect(await Promise.all([first, replayed, last])).toEqual(["a", "earlier", "d"]);
    expect(said).not.toContain("store b");
    expect(said).not.toContain("store c");
  });

  test("that cannot be stored do not take the others along", async () => {
    const { db, said, open } = notingDatabase();
    const inTurn = createSubmissionTurns(db);
    const first = inTurn(7, storing(said, "a"));
    const unstorable = inTurn(7, {
      ...storing(said, "b"),
      store: () => Promise.reject(new Error("value out of range")),
    });
    const last = inTurn(7, storing(said, "c"));
    open();
    await expect(unstorable).rejects.toThrow("value out of range");
    expect(await Promise.all([first, last])).toEqual(["a", "c"]);
    expect(said.filter((text) => text === "commit")).toHaveLength(2);
  });

  test("are all told when it is not known whether they were stored, and none is stored again", async () => {
    const { db, said, open } = notingDatabase();
    const inTurn = createSubmissionTurns(db);
    const first = inTurn(7, storing(said, "a"));
    const lost = inTurn(7, {
      ...storing(said, "b"),
      store: () => Promise.reject(new Error("Connection terminated unexpectedly")),
    });
    const other = inTurn(7, storing(said, "c"));
    open();
    expect(await first).toBe("a");
    await expect(lost).rejects.toThrow("Connection terminated");
    await expect(other).rejects.toThrow("Connection terminated");
    expect(said).not.toContain("store c");
  });
});

import { describe, expect, test } from "vitest";
import { whileAway } from "./while-away.ts";

const away = () => Object.assign(new Error("the database system is starting up"), { code: "57P03" });

describe("while the database is away", () => {
  test("what may be repeated waits for it", async () => {
    let tries = 0;
    const work = async () => {
      tries += 1;
      if (tries < 3) throw away();
      return "answer";
    };
    expect(await whileAway(work, { repeatable: true })).toBe("answer");
    expect(tries).toBe(3);
  });

  test("what may not is refused at once, to be asked again by who knows whether it was done", async () => {
    const work = () => Promise.reject(away());
    await expect(whileAway(work, { repeatable: false })).rejects.toMatchObject({ code: "busy", status: 429 });
  });

  test("nobody waits longer than clients do", async () => {
    const work = () => Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    const late = { repeatable: true, untilMs: performance.now() };
    await expect(whileAway(work, late)).rejects.toMatchObject({ code: "busy", detail: { retry_after_s: 2 } });
  });

  test("other errors are what they are", async () => {
    const work = () => Promise.reject(new RangeError("broken"));
    await expect(whileAway(work, { repeatable: true })).rejects.toThrow(RangeError);
  });

  test("a database that has been silent for as long as a client waits is away", async () => {
    const longAgo = performance.now() - 60_000;
    const holding = { repeatable: true, untilMs: performance.now(), lastHeard: () => longAgo };
    const work = () => new Promise<never>(() => undefined);
    await expect(whileAway(work, holding)).rejects.toMatchObject({ code: "busy", status: 429 });
  });

  test("one that answers others is waited for", async () => {
    const holding = { repeatable: true, untilMs: performance.now(), lastHeard: () => performance.now() };
    const work = () => new Promise<string>((resolve) => setTimeout(resolve, 20, "late"));
    expect(await whileAway(work, holding)).toBe("late");
  });
});

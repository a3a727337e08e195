import { describe, expect, test } from "vitest";
import { watchTime } from "./watch-time.ts";

/** A clock that goes when told to, and a thread that gets a part of the time. */
function pretend(share: number) {
  let now = 0;
  const timers = new Map<() => void, number>();
  const clock = {
    spentMs: async () => 100 + now * share,
    now: () => now,
    after(ms: number, act: () => void) {
      timers.set(act, now + ms);
      return () => void timers.delete(act);
    },
  };
  const over: string[] = [];
  return {
    clock,
    over,
    note: (by: string) => void over.push(`${by} at ${now}`),
    async pass(ms: number) {
      for (const end = now + ms; now < end; ) {
        now += 1;
        for (const [act, due] of [...timers]) {
          if (due > now) continue;
          timers.delete(act);
          act();
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

const limits = { checkMs: 10, patienceMs: 50 };

describe("the time of a thread", () => {
  test("is over when it has taken what it may, as it would on a machine of its own", async () => {
    const { clock, over, note, pass } = pretend(1);
    watchTime(clock, limits, note);
    await pass(60);
    expect(over).toEqual(["thread at 10"]);
  });

  test("lasts longer where the machine gives it a part only", async () => {
    const { clock, over, note, pass } = pretend(0.5);
    watchTime(clock, limits, note);
    await pass(60);
    expect(over).toHaveLength(1);
    expect(over[0]).toMatch(/^thread at 2\d$/);
  });

  test("ends by the machine where that gives it hardly any", async () => {
    const { clock, over, note, pass } = pretend(0.01);
    watchTime(clock, limits, note);
    await pass(80);
    expect(over).toHaveLength(1);
    expect(over[0]).toMatch(/^machine at [56]\d$/);
  });

  test("is watched no more once stopped", async () => {
    const { clock, over, note, pass } = pretend(1);
    watchTime(clock, limits, note).stop();
    await pass(60);
    expect(over).toEqual([]);
  });
});

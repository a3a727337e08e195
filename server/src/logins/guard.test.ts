import { expect, test } from "vitest";
import { afterFailure, afterSuccess, type Guard, latest, pairKey, rulesFor } from "./guard.ts";

/** Attempts at one account, all of which fail, on a clock and with a memory of their own. */
function besieged() {
  const kept = new Map<string, Guard>();
  const heldBy = (rules: ReadonlyMap<string, unknown>, now: Date) =>
    new Map([...rules.keys()].map((key) => [key, kept.get(key) ?? { failures: 0, at: now, notBefore: now }]));
  /** Seconds until an attempt may be made. */
  const waitS = (network: string, atS: number, isKnown = false) => {
    const now = new Date(atS * 1000);
    const held = heldBy(rulesFor({ account: "a", network, isKnown }), now);
    return Math.max(0, (latest(held).getTime() - now.getTime()) / 1000);
  };
  return {
    waitS,
    /** The same; where it is 0 the attempt is made, and fails. */
    fail(network: string, atS: number, isKnown = false): number {
      const wait = waitS(network, atS, isKnown);
      if (wait > 0) return wait;
      const now = new Date(atS * 1000);
      const rules = rulesFor({ account: "a", network, isKnown });
      const held = heldBy(rules, now);
      for (const [key, guard] of afterFailure(rules, held, now)) kept.set(key, guard);
      return 0;
    },
    guard: (key: string) => kept.get(key),
  };
}

const attacks: { name: string; networkOf: (guess: number) => string; perSecond: number }[] = [
  { name: "one network", networkOf: () => "203.0.113.1", perSecond: 1 },
  { name: "one network in haste", networkOf: () => "203.0.113.1", perSecond: 1000 },
  { name: "two hundred networks", networkOf: (i) => `203.0.113.${i % 200}`, perSecond: 10 },
  { name: "ten thousand networks", networkOf: (i) => `2001:db8:0:${i}::/64`, perSecond: 10 },
];
test.each(attacks)(
  "10,000 guesses from $name are mostly not looked at, and the owner has 30 s to wait at most",
  ({ name, networkOf, perSecond }) => {
    const siege = besieged();
    let evaluated = 0;
    let longestWaitS = 0;
    for (let i = 0; i < 10_000; i++) {
      const atS = i / perSecond;
      if (siege.fail(networkOf(i), atS) === 0) evaluated += 1;
      if (i % 500 !== 499) continue;
      expect(siege.fail(`home ${i}`, atS, true)).toBe(0);
      longestWaitS = Math.max(longestWaitS, siege.fail(`abroad ${i}`, atS));
    }
    console.log(
      `10,000 guesses from ${name}, ${perSecond} a second: ${evaluated} evaluated; ` +
        `the owner waits ${longestWaitS.toFixed(0)} s at most from a new network, 0 s from a known one`,
    );
    expect(evaluated).toBeLessThanOrEqual(100);
    expect(longestWaitS).toBeLessThanOrEqual(30);
  },
);

test("the first failures bring no pause, later ones a longer one each, up to a quarter of an hour", () => {
  const siege = besieged();
  const waits: number[] = [];
  let now = 0;
  for (let i = 0; i < 20; i++) {
    expect(siege.fail("192.0.2.1", now, true)).toBe(0);
    const waitS = siege.waitS("192.0.2.1", now, true);
    waits.push(Math.round(waitS));
    now += Math.ceil(waitS);
  }
  expect(waits.slice(0, 8)).toEqual([0, 0, 0, 0, 0, 2, 4, 8]);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(900);
});

test("failures are forgotten with time, and one that was none is taken back", () => {
  const siege = besieged();
  for (let i = 0; i < 5; i++) siege.fail("192.0.2.1", 0, true);
  const key = pairKey("a", "192.0.2.1");
  const rules = rulesFor({ account: "a", network: "192.0.2.1", isKnown: true });
  const guards = new Map([[key, siege.guard(key)!]]);
  expect(afterSuccess(rules, guards, new Date(0)).get(key)?.failures).toBe(4);
  const later = afterFailure(rules, guards, new Date(6 * 3600 * 1000)).get(key);
  expect(later?.failures).toBeCloseTo(3.5, 9);
});

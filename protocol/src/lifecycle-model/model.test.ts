import { describe, expect, test } from "vitest";
import { transitions } from "../job-state.ts";
import { explore } from "./explore.ts";
import { ruleNames } from "./rules.ts";
import { sizes } from "./sizes.ts";

describe("the model of a job's life", () => {
  const small = explore(sizes.small, { findStuck: true });
  const crowd = explore(sizes.crowd, { findStuck: true });

  test("breaks no invariant, whatever is lost, repeated, late or killed", () => {
    expect([small.violation, crowd.violation]).toEqual([undefined, undefined]);
    expect(small.states + crowd.states).toBeGreaterThan(200_000);
  });

  test("can always end", () => {
    expect([small.stuck, crowd.stuck]).toEqual([0, 0]);
  });

  test("makes every transition of the table, from its states and by its actors, and no other", () => {
    const table = transitions.flatMap(({ name, from, actors }) =>
      (from ?? ["nothing"]).flatMap((state) => actors.map((actor) => `${name}: ${state} by ${actor}`)),
    );
    expect([...small.moves].sort()).toEqual(table.sort());
  });

  for (const rule of ruleNames) {
    test(`goes wrong without ${rule}`, () => {
      const { violation } = explore(sizes.small, { without: rule });
      expect(violation?.history.length).toBeGreaterThan(1);
    });
  }
});

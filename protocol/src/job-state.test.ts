import { describe, expect, test } from "vitest";
import { isLeased, isTerminal, jobStates, terminalStates, transitions } from "./job-state.ts";

describe("the transitions of a job", () => {
  test("never leave a terminal state", () => {
    expect(transitions.filter(({ from }) => from?.some((state) => isTerminal(state)))).toEqual([]);
  });

  test("reach running only from waiting, by a worker", () => {
    const starts = transitions.filter(({ to }) => to === "running");
    expect(starts).toEqual([{ name: "acquire", from: ["waiting"], to: "running", actors: ["worker"] }]);
  });

  test("never forget a request to cancel", () => {
    const after = transitions
      .filter(({ from }) => from?.includes("cancel_requested" as never))
      .map(({ to }) => to);
    expect(new Set(after)).toEqual(new Set(["same", "completed", "canceled"]));
  });

  test("let every state that is not terminal reach a terminal one", () => {
    const reaching = new Set<string>(terminalStates);
    for (const _ of jobStates) {
      for (const { from, to } of transitions)
        if (from && reaching.has(to)) for (const state of from) reaching.add(state);
    }
    expect([...jobStates].filter((state) => !reaching.has(state))).toEqual([]);
  });

  test("by holders start from leased states only", () => {
    const held = transitions.filter(({ actors }) => (actors as readonly string[]).includes("holder"));
    expect(held.flatMap(({ from }) => from ?? []).filter((state) => !isLeased(state))).toEqual([]);
  });

  test("have names of their own", () => {
    expect(new Set(transitions.map(({ name }) => name)).size).toBe(transitions.length);
  });
});

import { transitions } from "@corbenic/sdk/endpoints";
import { expect, test } from "vitest";
import { actorInWords, transitionInWords } from "./event-words.ts";

test("every event that a job's history can hold is told in words", () => {
  const recorded = transitions.filter(({ to }) => to !== "same");
  const untold = recorded.filter(({ name }) => /_/.test(transitionInWords(name)));
  expect(untold).toEqual([]);
  expect(new Set(recorded.flatMap(({ actors }) => actors).map(actorInWords)).size).toBe(6);
});

test("an event of a later cloud is told by its name", () => {
  expect(transitionInWords("moved_away")).toBe("moved away");
  expect(actorInWords("somebody")).toBe("somebody");
});

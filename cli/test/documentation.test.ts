import { describe, expect, test } from "vitest";
import { partsOf, readPage } from "../documentation/page.ts";
import { reference } from "../documentation/reference.ts";
import { runProgram } from "./program.ts";

const parts = partsOf(readPage());

describe("docs/cli.md", () => {
  test.each([...reference()])(
    "tells the %s that the program has: npm run cli:docs renews it",
    (name, text) => {
      expect(parts.get(name)).toBe(text);
    },
  );

  test("shows screens without secrets and without paths of the machine they were taken on", () => {
    const screens = [...parts].filter(([name]) => name.startsWith("screen: "));
    expect(screens.length).toBeGreaterThan(10);
    for (const [name, screen] of screens) {
      expect(screen, name).toMatch(/^```console\n\$ corbenic [\s\S]+\n```$/);
      expect(screen, name).not.toMatch(
        /cbn_[a-z]_\w{5}|\/(tmp|home|root|work|Users)\/|\b\w{6}-\w{6}-\w{6}-\w{6}\b/,
      );
    }
  });
});

describe("completion", () => {
  test("offers verbs, options and the values of an option", async () => {
    const offered = async (...words: string[]) =>
      (await runProgram(["complete", "--", ...words])).stdout.split("\n").map((line) => line.split("\t")[0]);
    expect(await offered("job", "")).toEqual(
      expect.arrayContaining(["submit", "list", "show", "watch", "result", "cancel", "rerun"]),
    );
    expect(await offered("dev", "--")).toEqual(expect.arrayContaining(["--port", "--data-dir", "--qpu"]));
    expect(await offered("platform", "update", "x", "--status", "")).toEqual(
      expect.arrayContaining(["available", "maintenance"]),
    );
  });

  test.each([
    ["bash", "complete -F"],
    ["zsh", "#compdef corbenic"],
    ["fish", "complete -c corbenic"],
  ])("has a script for %s", async (shell, sign) => {
    const { code, stdout } = await runProgram(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain(sign);
  });
});

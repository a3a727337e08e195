import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityViolations, browserPath } from "./browser.ts";
import { openSeededConsole, type SeededConsole } from "./seeded-console.ts";

describe.skipIf(browserPath === undefined)("a flagged platform", () => {
  let opened: SeededConsole;
  beforeAll(async () => {
    opened = await openSeededConsole();
  });
  afterAll(() => opened?.close());

  test("is told to administrators, with when and because of which job, until they take the flag away", async () => {
    const { page, pool } = opened;
    const job = randomUUID();
    const flag = { at: new Date().toISOString(), job_id: job, reason: "A job stopped its worker twice." };
    await pool.query("update platforms set flag = $1 where name = 'sim:slos'", [flag]);
    await page.goto("/administration/platforms");
    const notice = page
      .getByRole("note")
      .filter({ hasText: "sim:slos is flagged: A job stopped its worker twice." });
    await notice.waitFor();
    expect(await notice.getByRole("link", { name: "The job" }).getAttribute("href")).toBe(`/jobs/${job}`);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await notice.getByRole("button", { name: "Take the flag away" }).click();
    await notice.waitFor({ state: "hidden" });
    const { rows } = await pool.query("select name from platforms where flag is not null");
    expect(rows).toEqual([]);
    expect(opened.complaints).toEqual([]);
  });
});

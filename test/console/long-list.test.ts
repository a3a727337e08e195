import { readFileSync } from "node:fs";
import { type CallTarget, call, cancelJobs, submitJob } from "@corbenic/protocol";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seedJobs } from "../../bench/console-jobs.ts";
import { accessibilityViolations, browserPath } from "./browser.ts";
import { mesh } from "./experiments.ts";
import { openSeededConsole, type SeededConsole } from "./seeded-console.ts";

const seeded = 1_500;

describe.skipIf(browserPath === undefined)("a list of many jobs", () => {
  let opened: SeededConsole;
  let page: Page;
  let own: CallTarget;

  beforeAll(async () => {
    opened = await openSeededConsole();
    ({ page, own } = opened);
  });
  beforeEach(() => seedJobs(opened.pool, seeded));
  afterAll(() => opened?.close());

  const list = () => page.getByRole("region", { name: "Jobs, scrolls" });
  const row = (number: number) => list().locator(`tr[aria-rowindex="${number + 1}"]`);
  const scrollTo = (number: number) =>
    list().evaluate((element, top) => element.scrollTo({ top }), (number - 1) * 44);
  const openList = async (query = "") => {
    await page.goto(`/jobs${query}`);
    await page.getByText("1,500 jobs", { exact: true }).waitFor();
  };
  const submit = async (name: string): Promise<string> => {
    const body = { platform_name: "sim:slos", job_name: name, payload: mesh([1, 0]) };
    return (await call(submitJob, own, { body })).job_id;
  };

  test("can be leapt into anywhere, and tells how long it is", async () => {
    await openList();
    for (const number of [700, 1_490, 300, 1]) {
      await scrollTo(number);
      await row(number)
        .getByRole("link", { name: `job ${number}`, exact: true })
        .waitFor();
    }
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  test("has new jobs on top at once while its top is in view", async () => {
    await openList();
    await submit("a new one");
    await row(1).getByRole("link", { name: "a new one" }).waitFor();
    await row(2).getByRole("link", { name: "job 1", exact: true }).waitFor();
    await page.getByText("1,501 jobs", { exact: true }).waitFor();
  });

  test("tells of new jobs without moving what one reads below, and shows them when asked to", async () => {
    await openList();
    await scrollTo(900);
    const read = row(905).getByRole("link", { name: "job 905", exact: true });
    await read.waitFor();
    const before = await read.boundingBox();
    await submit("first");
    await page.getByRole("button", { name: "1 new job", exact: true }).waitFor();
    await submit("second");
    await submit("third");
    const button = page.getByRole("button", { name: "3 new jobs" });
    await button.waitFor();
    expect(await read.boundingBox()).toEqual(before);
    await page.getByText("1,500 jobs", { exact: true }).waitFor();
    await scrollTo(1_300);
    await row(1_305).getByRole("link", { name: "job 1305", exact: true }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await button.click();
    await row(1).getByRole("link", { name: "third" }).waitFor();
    await row(4).getByRole("link", { name: "job 1", exact: true }).waitFor();
    await button.waitFor({ state: "hidden" });
    await page.getByText("1,503 jobs", { exact: true }).waitFor();
  });

  test("changes what is in view as it happens, wherever that is", async () => {
    await openList("?sort=created");
    await scrollTo(seeded);
    await row(seeded).getByRole("link", { name: "job 1", exact: true }).waitFor();
    const id = await submit("the newest is last");
    await page.getByText("1,501 jobs", { exact: true }).waitFor();
    await scrollTo(seeded + 1);
    const last = row(seeded + 1).filter({ hasText: "the newest is last" });
    await last.filter({ hasText: "waiting" }).waitFor();
    await call(cancelJobs, own, { body: { job_ids: [id] } });
    await last.filter({ hasText: "canceled" }).waitFor();
  });

  test("is narrowed to any of its groups, found by typing and chosen by keyboard", async () => {
    await opened.pool.query("update jobs set group_name = 'series ' || substr(name, 5)");
    await openList();
    const group = page.getByRole("combobox", { name: "Group" });
    await group.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "series 1", exact: true }).waitFor();
    await page.keyboard.type("SERIES 149");
    await page.getByRole("option", { name: "series 1499" }).waitFor();
    expect(await page.getByRole("listbox").getByRole("option").count()).toBe(11);
    expect(await accessibilityViolations(page)).toEqual([]);
    // The newest first: 149, then 1490.
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "series 1490", selected: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("1 job", { exact: true }).waitFor();
    await row(1).getByRole("link", { name: "job 1490", exact: true }).waitFor();
    expect(page.url()).toContain("group=series+1490");
    await page.keyboard.type("nothing");
    await page.getByText("None has “nothing” in its name.").waitFor();
    await page.keyboard.press("Escape");
    expect(await group.inputValue()).toBe("series 1490");
    await page.keyboard.press("ArrowDown");
    await page.getByRole("option", { name: "All groups" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("1,500 jobs", { exact: true }).waitFor();
  });

  test("is saved as CSV to its last job, as the filters leave it", async () => {
    await page.goto("/jobs?text=job%201");
    await row(1).waitFor();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as CSV" }).click();
    const lines = readFileSync(await (await download).path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines[0]).toMatch(/^job_id,name,status,/);
    // 1, 10 to 19, 100 to 199, and all from 1000.
    expect(lines.length - 1).toBe(1 + 10 + 100 + 501);
    expect(opened.complaints).toEqual([]);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudContext, Job, User } from "@corbenic/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningCloud, startCloud } from "../system/running-cloud.ts";
import { accessibilityViolations, browserPath, launchBrowser, signIn } from "./browser.ts";
import { crossedSweep, mesh, wideHeraldedMesh } from "./experiments.ts";

/** Every page, as many stops of the Tab key as a page of a new cloud has at most. */
const stopsMost = 120;

describe.skipIf(browserPath === undefined)("the console without a mouse, without motion and on paper", () => {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-keyboard-"));
  let cloud: RunningCloud;
  let browser: Browser;
  let page: Page;
  const jobs: string[] = [];

  beforeAll(async () => {
    cloud = await startCloud(join(parent, "data"));
    browser = await launchBrowser();
    page = await browser.newPage({
      baseURL: cloud.ready.url,
      viewport: { width: 1280, height: 900 },
      reducedMotion: "reduce",
    });
    await signIn(page, cloud.ready.admin!);
    const context = new CloudContext(cloud.ready.url);
    for (const payload of [mesh([1, 0, 1, 0]), crossedSweep(3), wideHeraldedMesh()]) {
      const job = new Job({ platformName: "sim:slos", jobName: "walked through", payload });
      await job.create(context, User.withJobToken(cloud.ready.job_token));
      await job.wait();
      jobs.push(job.jobId!);
    }
  });
  afterAll(async () => {
    await browser?.close();
    cloud?.kill("SIGTERM");
    await cloud?.ended;
    rmSync(parent, { recursive: true, force: true });
  });

  async function open(path: string): Promise<void> {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("Loading …").first().waitFor({ state: "hidden" });
  }

  interface Stop {
    readonly name: string;
    readonly place: number;
    readonly isMarked: boolean;
    readonly isSeen: boolean;
  }

  /** What has the focus: its place in the document, whether a ring marks it, and whether it is in view. */
  const stop = (): Promise<Stop | undefined> =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const name = element.getAttribute("aria-label") ?? element.textContent ?? "";
      return {
        name: `${element.tagName.toLowerCase()} ${name.trim().slice(0, 40)}`,
        place: [...document.querySelectorAll("*")].indexOf(element),
        isMarked: outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1,
        isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.width > 0,
      };
    });

  async function walk(): Promise<Stop[]> {
    const stops: Stop[] = [];
    for (let presses = 0; presses < stopsMost; presses++) {
      await page.keyboard.press("Tab");
      const here = await stop();
      // After the last stop the browser's own controls would follow, or the first one again.
      if (here === undefined || (stops.length > 0 && here.place === stops[0]!.place)) return stops;
      stops.push(here);
    }
    throw new Error(`The Tab key never leaves ${page.url()}: ${stops.at(-1)!.name}`);
  }

  const paths = [
    "/",
    "/jobs",
    "/groups",
    "/compare",
    "/platforms",
    "/platforms/sim:slos",
    "/tokens",
    "/usage",
    "/account",
    "/administration/users",
    "/administration/companies",
    "/administration/platforms",
    "/administration/queue",
    "/administration/permissions",
    "/administration/worker-keys",
    "/administration/audit",
    "/administration/health",
    "/nowhere",
    "job 0",
    "job 1",
  ];

  test.each(paths)(
    "on %s the Tab key goes from top to bottom, each stop marked and in view",
    async (path) => {
      await open(path.startsWith("job") ? `/jobs/${jobs[Number(path.at(-1))]}` : path);
      const stops = await walk();
      expect(stops[0]!.name).toBe("a Skip to the page");
      expect(stops.length).toBeGreaterThan(10);
      expect(stops.filter(({ isMarked }) => !isMarked)).toEqual([]);
      expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
      expect(stops.filter(({ place }, i) => i > 0 && place < stops[i - 1]!.place)).toEqual([]);
    },
  );

  test("whoever goes to another page by keyboard goes on within it", async () => {
    await open("/");
    await page.getByRole("link", { name: "Job tokens" }).first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Job tokens", level: 1 }).waitFor();
    await page.waitForFunction(() => document.activeElement?.id === "main");
    await page.keyboard.press("Tab");
    expect((await stop())!.name).toBe("button New job token");
  });

  test("a question holds the focus, Escape takes it away, and the focus is back where it came from", async () => {
    await open("/tokens");
    const revoke = page.getByRole("button", { name: "Revoke" }).first();
    await revoke.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    for (let presses = 0; presses < 6; presses++) {
      const isInside = await page.evaluate(() => document.activeElement?.closest("dialog") != null);
      // Between its last and its first button a modal dialog hands the focus to the browser's own controls.
      const isOnPage = await page.evaluate(() => document.activeElement !== document.body);
      expect(isInside || !isOnPage).toBe(true);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await revoke.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test("a question is read as a whole, also from within a table", async () => {
    await open("/tokens");
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      await page.getByRole("button", { name: "Revoke" }).first().click();
      const cut = await page
        .getByRole("dialog")
        .evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      expect(cut).toBeLessThanOrEqual(0);
      await page.keyboard.press("Escape");
    }
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("the menu of a narrow screen closes by Escape, and gives the focus back", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await open("/");
    const menu = page.getByRole("button", { name: "Menu" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Usage" }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Usage" }).waitFor({ state: "hidden" });
    expect(await menu.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("the tabs of a job are gone through by arrows, Home and End", async () => {
    await open(`/jobs/${jobs[0]}`);
    await page.getByRole("tab", { name: "Results" }).focus();
    for (const [key, name] of [
      ["End", "Events"],
      ["ArrowRight", "Results"],
      ["ArrowLeft", "Events"],
      ["Home", "Results"],
      ["ArrowRight", "Circuit"],
    ] as const) {
      await page.keyboard.press(key);
      await page.getByRole("tab", { name, selected: true }).waitFor();
      expect((await stop())!.name).toBe(`button ${name}`);
    }
  });

  test("nothing moves for those who asked for less motion", async () => {
    for (const path of ["/", `/jobs/${jobs[0]}`]) {
      await open(path);
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    }
  });

  test("tables have room at 360 pixels: nothing is cut off that one would have to scroll sideways to", async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    const cut: string[] = [];
    for (const path of [...paths.filter((each) => each.startsWith("/")), `/jobs/${jobs[0]}`]) {
      await open(path);
      const sideways = await page.evaluate(() =>
        [...document.querySelectorAll(".table-scroll, .job-list, .chart")]
          .filter((region) => region.scrollWidth > region.clientWidth + 1)
          .map((region) => region.getAttribute("aria-label")),
      );
      cut.push(...sideways.map((label) => `${path}: ${label}`));
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(cut).toEqual([]);
  });

  test("a job's page is printed without what can only be pressed, and its drawings fit the paper", async () => {
    await page.setViewportSize({ width: 720, height: 1000 });
    await open(`/jobs/${jobs[0]}`);
    await page.locator(".chart svg").waitFor();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.getByRole("navigation").first().isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "CSV" }).isVisible()).toBe(false);
    expect(await page.getByRole("tab", { name: "Results" }).isVisible()).toBe(false);
    await page.getByText("Physical performance").waitFor();
    const { wide, ground } = await page.evaluate(() => ({
      wide: document.documentElement.scrollWidth - innerWidth,
      ground: getComputedStyle(document.body).backgroundColor,
    }));
    expect(wide).toBeLessThanOrEqual(0);
    expect(ground).toBe("rgb(255, 255, 255)");
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.getByRole("tab", { name: "Circuit" }).click();
    await page.emulateMedia({ media: "print" });
    await page.getByRole("group", { name: /4 modes/ }).waitFor();
    expect(await page.getByRole("button", { name: "Zoom in" }).isVisible()).toBe(false);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("a circuit of 24 modes can be seen as a whole, and closer again", async () => {
    await page.setViewportSize({ width: 600, height: 900 });
    await open(`/jobs/${jobs[2]}`);
    await page.getByRole("tab", { name: "Circuit" }).click();
    const region = page.getByRole("region", { name: "Circuit, scrolls" });
    const overflow = () => region.evaluate((each) => each.scrollWidth - each.clientWidth);
    expect(await overflow()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Fit" }).press("Enter");
    await page.waitForFunction(() => {
      const each = document.querySelector(".circuit-scroll")!;
      return each.scrollWidth <= each.clientWidth;
    });
    await page.getByRole("button", { name: "Zoom in" }).press("Enter");
    expect(await overflow()).toBeGreaterThan(0);
    await page.setViewportSize({ width: 1280, height: 900 });
  });
});

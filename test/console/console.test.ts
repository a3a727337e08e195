import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudContext, Job, User } from "@corbenic/sdk";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningCloud, startCloud } from "../system/running-cloud.ts";
import { accessibilityViolations, browserPath, complaintsOf, launchBrowser, signIn } from "./browser.ts";

describe.skipIf(browserPath === undefined)("the console in a browser", () => {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-console-"));
  let cloud: RunningCloud;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    cloud = await startCloud(join(parent, "data"));
    browser = await launchBrowser();
    context = await browser.newContext({ baseURL: cloud.ready.url, viewport: { width: 1280, height: 900 } });
    complaints = complaintsOf(context);
    page = await context.newPage();
    await signIn(page, cloud.ready.admin!);
  });
  afterAll(async () => {
    await browser?.close();
    cloud?.kill("SIGTERM");
    await cloud?.ended;
    rmSync(parent, { recursive: true, force: true });
  });

  async function submit(jobName: string): Promise<Job> {
    const job = new Job({ platformName: "sim:slos", jobName });
    await job.create(new CloudContext(cloud.ready.url), User.withJobToken(cloud.ready.job_token));
    return job;
  }
  const heading = (name: string) => page.getByRole("heading", { name, level: 1 });

  test("refuses a wrong password with a sentence", async () => {
    const other = await browser.newContext({ baseURL: cloud.ready.url });
    const stranger = await other.newPage();
    await stranger.goto("/jobs");
    await stranger.getByLabel("Email").fill("nobody@example.org");
    await stranger.getByLabel("Password").fill("not the password");
    await stranger.getByRole("button", { name: "Sign in" }).click();
    await stranger.getByText("The email or the password is not right").waitFor();
    expect(await accessibilityViolations(stranger)).toEqual([]);
    await other.close();
  });

  test("keeps nothing that a script could read of the session", async () => {
    const seen = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
    ]);
    expect(seen.join()).not.toContain("cbn_");
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([{ httpOnly: true, sameSite: "Strict" }]);
  });

  test("draws a job token into the lines that connect Perceval, and the token works", async () => {
    await page.goto("/");
    await page.getByRole("button", { name: "Create a job token" }).click();
    await page.getByText("it is shown this once").waitFor();
    const lines = await page.getByLabel("Python").innerText();
    const token = /"(cbn_j_\w+)"/.exec(lines)![1]!;
    const answer = await fetch(`${cloud.ready.url}/api/jobs`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
  });

  test("shows a job that is submitted while one looks, and its end, without a reload", async () => {
    await page.goto("/jobs");
    await heading("Jobs").waitFor();
    await submit("appears by itself");
    const row = page.getByRole("row").filter({ hasText: "appears by itself" });
    await row.getByText("completed").waitFor();
    expect(await row.count()).toBe(1);
  });

  test("keeps filters in the address", async () => {
    await page.goto("/jobs");
    await page.getByRole("button", { name: "error" }).click();
    await page.getByText("No job passes these filters").waitFor();
    expect(page.url()).toContain("status=error");
    await page.reload();
    expect(await page.getByRole("button", { name: "error" }).getAttribute("aria-pressed")).toBe("true");
    await page.getByRole("button", { name: "Take all filters away" }).click();
    await page.getByRole("link", { name: "Hong-Ou-Mandel" }).first().waitFor();
  });

  test("shows a job's result, circuit, parameters, payload and events", async () => {
    const job = await submit("two photons meet");
    await job.wait();
    await page.goto(`/jobs/${job.jobId}`);
    await page.getByRole("img", { name: /2 states/ }).waitFor();
    expect(
      await page
        .getByRole("img", { name: /2 states/ })
        .innerText()
        .catch(() => ""),
    ).toBeDefined();
    await page.getByRole("tab", { name: "Circuit" }).click();
    await page.getByRole("group", { name: /2 modes/ }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("|1,1>").first().waitFor();
    await page.getByRole("tab", { name: "Payload" }).click();
    await page
      .getByLabel("Payload")
      .getByText(/"command": "probs"/)
      .waitFor();
    await page.getByRole("tab", { name: "Events" }).click();
    await page.getByRole("table").getByText("completed").first().waitFor();
  });

  test("gives results away as CSV, JSON, SVG and PNG", async () => {
    const job = await submit("to be saved");
    await job.wait();
    await page.goto(`/jobs/${job.jobId}`);
    const contents: Buffer[] = [];
    for (const name of ["CSV", "JSON", "SVG", "PNG"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name, exact: true }).click(),
      ]);
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      contents.push(Buffer.concat(chunks));
    }
    const [csv, json, svg, png] = contents as [Buffer, Buffer, Buffer, Buffer];
    expect(csv.toString()).toMatch(/^state,probability\r\n"\|2,0>",0\.5\d*\r\n"\|0,2>",0\.\d+\r\n$/);
    expect(JSON.parse(json.toString())).toHaveProperty("results");
    expect(svg.toString()).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg".*\|2,0&gt;/s);
    expect(png.subarray(1, 4).toString()).toBe("PNG");
  });

  test("compares two jobs by their total variation distance", async () => {
    const jobs = [await submit("the one"), await submit("the other")];
    for (const job of jobs) await job.wait();
    await page.goto(`/compare?a=${jobs[0]!.jobId}&b=${jobs[1]!.jobId}`);
    await page.getByText("0.0000").waitFor();
  });

  test("makes a job token with scopes, shows it once, and revokes and reopens it", async () => {
    await page.goto("/tokens");
    await page.getByRole("button", { name: "New job token" }).click();
    await page.getByLabel("Label").fill("a notebook");
    await page.getByLabel("Platforms").fill("sim:*");
    await page.getByRole("button", { name: "Create token" }).click();
    await page.getByText("it is shown this once").waitFor();
    expect(await page.locator(".secret code").innerText()).toMatch(/^cbn_j_/);
    await page.getByRole("button", { name: "I have it" }).click();
    const row = page.getByRole("row").filter({ hasText: "a notebook" });
    await row.getByText("sim:*").waitFor();
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
    await row.getByText("good").waitFor();
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.getByText("revoked").waitFor();
    await row.getByRole("button", { name: "Reopen" }).click();
    await row.getByText("good").waitFor();
  });

  test("lets an administrator make an account, grant it a platform and find both in the audit", async () => {
    await page.goto("/administration/users");
    await page.getByLabel("Email").fill("grace@example.org");
    await page.getByRole("button", { name: "Create account" }).click();
    await page.getByText("password of grace@example.org").waitFor();
    await page.getByRole("link", { name: "Permissions" }).click();
    const box = page.getByRole("checkbox", { name: "grace@example.org may use sim:slos" });
    await box.click();
    await page.getByRole("checkbox", { name: "grace@example.org may use sim:slos", checked: true }).waitFor();
    await page.getByRole("link", { name: "Audit" }).click();
    await page.getByRole("row").filter({ hasText: "user.create" }).first().waitFor();
    await page.getByRole("row").filter({ hasText: "permission.grant" }).first().waitFor();
  });

  const pages = [
    ["/", "Overview"],
    ["/jobs", "Jobs"],
    ["/groups", "Groups"],
    ["/compare", "Compare"],
    ["/platforms", "Platforms"],
    ["/platforms/sim:slos", "sim:slos"],
    ["/tokens", "Job tokens"],
    ["/usage", "Usage"],
    ["/account", "Account"],
    ["/administration/users", "Users"],
    ["/administration/companies", "Companies"],
    ["/administration/platforms", "Platforms and maintenance"],
    ["/administration/queue", "Queue"],
    ["/administration/permissions", "Permissions"],
    ["/administration/worker-keys", "Workers and their keys"],
    ["/administration/audit", "Audit"],
    ["/administration/health", "Health"],
    ["/nowhere", "No such page"],
  ] as const;

  test.each(pages)("%s is accessible in light and dark, and fits a narrow screen", async (path, title) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(path);
      await heading(title).waitFor();
      await page.getByText("Loading …").first().waitFor({ state: "hidden" });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("every tab of a job is accessible", async () => {
    const job = await submit("looked at closely");
    await job.wait();
    await page.goto(`/jobs/${job.jobId}`);
    for (const tab of ["Results", "Circuit", "Parameters", "Payload", "Events"]) {
      await page.getByRole("tab", { name: tab }).click();
      await page.getByText("Loading …").first().waitFor({ state: "hidden" });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
  });

  test("signs out, and is shut to whoever comes back", async () => {
    expect(complaints).toEqual([]);
    await page.goto("/");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await page.goto("/tokens");
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await signIn(page, cloud.ready.admin!);
  });
});

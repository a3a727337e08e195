import { call, getJob, getJobData, submitJob } from "@corbenic/protocol";
import { CloudContext, Job, JobFailedError, User } from "@corbenic/sdk";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessibilityViolations, browserPath } from "./browser.ts";
import { mesh, phaseSweep } from "./experiments.ts";
import { type LabConsole, openLabConsole } from "./lab-console.ts";

describe.skipIf(browserPath === undefined)("a job in the console", () => {
  let scene: LabConsole;
  let page: Page;
  beforeAll(async () => {
    scene = await openLabConsole();
    page = scene.page;
  });
  afterAll(() => scene?.close());
  const idOfAddress = () => new URL(page.url()).pathname.split("/").at(-1)!;

  test("clones a job under another name, with the same payload", async () => {
    const payload = mesh([1, 0, 1]);
    const job = await scene.run("the original", payload);
    await page.goto(`/jobs/${job.jobId}`);
    await page.getByRole("link", { name: "Clone" }).click();
    await page.getByRole("heading", { name: "Clone a job" }).waitFor();
    await page.getByLabel("Name").fill("the copy");
    await page.getByLabel("Platform").selectOption("sim:qa");
    await page.getByLabel("Group").fill("copies");
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Submit the new job" }).click();
    await page.getByRole("heading", { name: "the copy" }).waitFor();
    const id = idOfAddress();
    expect(await call(getJob, scene.admin, { params: { id } })).toMatchObject({
      platform_name: "sim:qa",
      group_name: "copies",
      rerun_from: null,
    });
    expect((await call(getJobData, scene.admin, { params: { id } })).payload).toEqual(payload);
    await page.getByText("completed").first().waitFor();
  });

  test("says in the form why a clone is refused, and nothing is submitted", async () => {
    const job = await scene.run("only probabilities", mesh([1, 0, 1]));
    await page.goto(`/jobs/${job.jobId}/clone`);
    await page.getByLabel("Platform").selectOption("qpu:lab");
    await page.getByRole("button", { name: "Submit the new job" }).click();
    await page.getByRole("alert").getByText("cannot run the command probs").waitFor();
    await page.getByText("command_not_available").waitFor();
    expect(page.url()).toContain("/clone");
    expect(scene.complaints.splice(0)).toEqual([expect.stringContaining("400")]);
  });

  test("shows why a job failed, with a code and what to do, and runs it again", async () => {
    await page.goto(`/jobs/${scene.lab.failed}`);
    await page.getByText("The source gave no photon in 60 s").first().waitFor();
    await page.locator(".failure code", { hasText: "source_lost" }).waitFor();
    await page.getByText("Correct what the sentence names").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByText("Runs again").waitFor();
    const id = idOfAddress();
    expect(await call(getJob, scene.admin, { params: { id } })).toMatchObject({
      rerun_from: scene.lab.failed,
      status: "waiting",
    });
  });

  test("names the cause of a job that cannot be simulated, and leads to what to do about it", async () => {
    const job = new Job({ platformName: "sim:slos", jobName: "has no phase", payload: phaseSweep(0) });
    await job.create(new CloudContext(scene.ready.url), User.withJobToken(scene.ready.job_token));
    await expect(job.wait()).rejects.toThrow(JobFailedError);
    await page.goto(`/jobs/${job.jobId}`);
    const failure = page.locator(".failure", { hasText: "the parameter phi without a value" });
    await failure.getByText("Give it one.").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await failure.getByRole("link", { name: "parameter_without_value" }).click();
    await page.waitForURL(/\/problems#job-parameter_without_value$/);
    await page.locator("#job-parameter_without_value").getByText("Give it one.").waitFor();
  });

  test("tells a waiting job's place and why it waits, and cancels it after asking", async () => {
    await page.goto(`/jobs/${scene.lab.waiting}`);
    await page.locator(".notice", { hasText: /start/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel job" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect((await call(getJob, scene.admin, { params: { id: scene.lab.waiting } })).status).toBe("waiting");
    await page.getByRole("button", { name: "Cancel job" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
    await page.getByText("canceled").first().waitFor();
  });

  test("cancels chosen jobs together", async () => {
    const { job_id } = await call(submitJob, scene.own, {
      body: {
        platform_name: "qpu:lab",
        job_name: "one of two",
        payload: mesh([1, 0], { command: "samples" }),
      },
    });
    await page.goto("/jobs?status=waiting&text=one of two");
    await page.getByRole("checkbox", { name: "Choose one of two" }).click();
    await page.getByText("1 chosen").waitFor();
    await page.getByRole("button", { name: "Cancel jobs" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel jobs" }).click();
    await page.getByText("No job passes these filters").waitFor();
    expect((await call(getJob, scene.admin, { params: { id: job_id } })).status).toBe("canceled");
  });

  test("narrows jobs by group, token and day, and keeps all of them in the address", async () => {
    await page.goto("/jobs");
    await page.getByRole("combobox", { name: "Group" }).fill("h2 GROUND");
    await page.getByRole("option", { name: "H2 ground state" }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Variational step 1" }).waitFor();
    await page.getByRole("link", { name: "Variational step 2" }).waitFor({ state: "hidden" });
    const today = await page.evaluate(() => new Date().toLocaleDateString("sv"));
    await page.getByLabel("From").fill(today);
    await page.getByLabel("to", { exact: true }).fill("2001-01-01");
    await page.getByText("No job passes these filters").waitFor();
    expect(page.url()).toContain(`from=${today}&to=2001-01-01`);
    await page.getByLabel("to", { exact: true }).fill("");
    await page.getByRole("link", { name: "Variational step 1" }).waitFor();
    await page.getByLabel("Job token").selectOption({ index: 1 });
    await page.waitForURL(/token=\d+/);
    await page.getByRole("link", { name: "Variational step 1" }).waitFor();
    await page.reload();
    expect(await page.getByRole("combobox", { name: "Group" }).inputValue()).toBe("H2 ground state");
    await page.getByRole("button", { name: "Take all filters away" }).click();
    await page.waitForURL((url) => url.search === "");
  });

  test("counts every job by day, platform and token, also those sent while signed in, and failed ones apart", async () => {
    await page.goto("/usage");
    await page.getByRole("img", { name: /jobs in 30 days/ }).waitFor();
    const cells = (table: string, name: string) =>
      page
        .getByRole("region", { name: `Usage by ${table}` })
        .getByRole("row")
        .filter({ hasText: name })
        .getByRole("cell")
        .allInnerTexts();
    // The job that was cloned in the console.
    const [, jobs, completed] = await cells("token", "none: signed in");
    expect(Number(jobs)).toBeGreaterThanOrEqual(1);
    expect(Number(completed)).toBeGreaterThanOrEqual(1);
    const [, , , failed, canceled] = await cells("platform", "qpu:lab");
    expect(Number(failed)).toBeGreaterThanOrEqual(1);
    expect(Number(canceled)).toBeGreaterThanOrEqual(1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("goes from the list to a job's tabs and back by keyboard alone", async () => {
    await page.goto("/jobs?text=the original");
    await page.getByRole("link", { name: "the original" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the page");
    await page.keyboard.press("Enter");
    const isOn = (text: string) =>
      page.evaluate((wanted) => document.activeElement?.textContent === wanted, text);
    for (let presses = 0; presses < 40 && !(await isOn("the original")); presses++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "the original" }).waitFor();
    await page.getByRole("tab", { name: "Results" }).waitFor();
    for (let presses = 0; presses < 60 && !(await isOn("Results")); presses++)
      await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.getByRole("tab", { name: "Circuit", selected: true }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("tab", { name: "Events", selected: true }).waitFor();
    await page.goBack();
    await page.getByRole("heading", { name: "Jobs", level: 1 }).waitFor();
  });

  test("fits pages full of jobs, plots and circuits into 360 pixels", async () => {
    const job = await scene.run("narrow fringe", phaseSweep(5));
    await page.setViewportSize({ width: 360, height: 740 });
    const paths = [
      "/",
      "/jobs",
      `/jobs/${job.jobId}`,
      `/jobs/${job.jobId}/clone`,
      `/jobs/${scene.lab.failed}`,
      "/platforms/qpu:lab",
      "/administration/platforms",
      "/administration/queue",
      "/administration/worker-keys",
      "/administration/users",
    ];
    const overflowing: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByText("Loading …").first().waitFor({ state: "hidden" });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (overflow > 0) overflowing.push(`${path} by ${overflow}`);
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(overflowing).toEqual([]);
    expect(scene.complaints).toEqual([]);
  });
});

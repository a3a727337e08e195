import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CallTarget,
  call,
  createCompany,
  fetchJob,
  getJob,
  getJobData,
  grantPermission,
  listUsers,
  logIn,
  renewLease,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import { CloudContext, Job, JobFailedError, User } from "@corbenic/sdk";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningCloud, startCloud } from "../system/running-cloud.ts";
import { accessibilityViolations, browserPath, complaintsOf, launchBrowser, signIn } from "./browser.ts";
import {
  crossedSweep,
  mesh,
  type Payload,
  phaseSweep,
  recordedPayload,
  wideHeraldedMesh,
} from "./experiments.ts";
import { fillLabQueue, registerLab } from "./screenshots/lab-queue.ts";

describe.skipIf(browserPath === undefined)("flows of the console", () => {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-flows-"));
  let cloud: RunningCloud;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  let admin: CallTarget;
  let own: CallTarget;
  let platformId: string;
  let workerKey: string;
  let lab: { failed: string; running: string; waiting: string };

  beforeAll(async () => {
    cloud = await startCloud(join(parent, "data"));
    browser = await launchBrowser();
    const context = await browser.newContext({
      baseURL: cloud.ready.url,
      viewport: { width: 1280, height: 900 },
      reducedMotion: "reduce",
    });
    complaints = complaintsOf(context);
    page = await context.newPage();
    await signIn(page, cloud.ready.admin!);
    const baseUrl = cloud.ready.url;
    own = { baseUrl, token: cloud.ready.job_token };
    admin = { baseUrl, token: (await call(logIn, { baseUrl }, { body: cloud.ready.admin! })).token };
    const queue = await registerLab(admin);
    ({ platformId, workerKey } = queue);
    const { users } = await call(listUsers, admin, { query: {} });
    await call(grantPermission, admin, {
      body: { user_id: users[0]!.user_id, platform_id: platformId },
    });
    lab = await fillLabQueue(baseUrl, queue, [own]);
  });
  afterAll(async () => {
    await browser?.close();
    cloud?.kill("SIGTERM");
    await cloud?.ended;
    rmSync(parent, { recursive: true, force: true });
  });

  async function run(jobName: string, payload: Payload): Promise<Job> {
    const job = new Job({ platformName: "sim:slos", jobName, payload });
    await job.create(new CloudContext(cloud.ready.url), User.withJobToken(cloud.ready.job_token));
    await job.wait();
    return job;
  }
  const openTab = (name: string) => page.getByRole("tab", { name }).click();
  const idOfAddress = () => new URL(page.url()).pathname.split("/").at(-1)!;

  test("draws iterations over what they sweep, as lines and as a heat map", async () => {
    const job = await run("a fringe", phaseSweep(9));
    await page.goto(`/jobs/${job.jobId}`);
    const lines = page.getByRole("img", { name: "3 states over 9 values of phi" });
    await lines.waitFor();
    expect(await lines.locator(".series").count()).toBe(3);
    expect(await lines.locator(".series-0 .dot").count()).toBe(9);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel("As", { exact: true }).selectOption("heat map");
    const map = page.getByRole("group", { name: "3 states over 9 values of phi" });
    await map.getByRole("button").focus();
    await page.keyboard.press("ArrowRight");
    await page.getByText("phi = 0, |2,0>: 0", { exact: true }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel("Over", { exact: true }).selectOption("iteration");
    const over = page.getByRole("group", { name: "3 states over 9 values of iteration" });
    await over.getByRole("button").click({ position: { x: 1, y: 1 } });
    await page.getByRole("button", { name: "States", pressed: true }).waitFor();
    await page.getByLabel("Iteration", { exact: true }).selectOption({ index: 2 });
    await page.getByRole("img", { name: /states, the likeliest/ }).waitFor();
  });

  test("draws iterations over two parameters as a map, which the keyboard goes through and a table tells", async () => {
    const job = await run("a landscape", crossedSweep(5));
    await page.goto(`/jobs/${job.jobId}`);
    const map = page.getByRole("group", { name: "|1,1> over 5 values of theta and 5 of phi" });
    await map.waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await map.getByRole("button").focus();
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowUp"])
      await page.keyboard.press(key);
    await page.getByText("theta = 1.571, phi = 3.142: 1", { exact: true }).waitFor();
    await page.getByText("As a table").click();
    const table = page.getByRole("table", { name: "|1,1> over theta and phi" });
    await table.getByRole("row", { name: "3.142 0 0.5000 1 0.5000 0" }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel("Color", { exact: true }).selectOption("|2,0>");
    await page.getByRole("group", { name: "|2,0> over 5 values of theta and 5 of phi" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "CSV", exact: true }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toMatch(/^iteration,theta,phi,state,probability\r\n1,0,0,/);
    await map
      .or(page.getByRole("group", { name: /over 5 values of theta/ }))
      .getByRole("button")
      .focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "States", pressed: true }).waitFor();
  });

  test("clones a job under another name, with the same payload", async () => {
    const payload = mesh([1, 0, 1]);
    const job = await run("the original", payload);
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
    expect(await call(getJob, admin, { params: { id } })).toMatchObject({
      platform_name: "sim:qa",
      group_name: "copies",
      rerun_from: null,
    });
    expect((await call(getJobData, admin, { params: { id } })).payload).toEqual(payload);
    await page.getByText("completed").first().waitFor();
  });

  test("says in the form why a clone is refused, and nothing is submitted", async () => {
    const job = await run("only probabilities", mesh([1, 0, 1]));
    await page.goto(`/jobs/${job.jobId}/clone`);
    await page.getByLabel("Platform").selectOption("qpu:lab");
    await page.getByRole("button", { name: "Submit the new job" }).click();
    await page.getByRole("alert").getByText("cannot run the command probs").waitFor();
    await page.getByText("command_not_available").waitFor();
    expect(page.url()).toContain("/clone");
    expect(complaints.splice(0)).toEqual([expect.stringContaining("400")]);
  });

  test("shows why a job failed, with a code and what to do, and runs it again", async () => {
    await page.goto(`/jobs/${lab.failed}`);
    await page.getByText("The source gave no photon in 60 s").first().waitFor();
    await page.locator(".failure code", { hasText: "source_lost" }).waitFor();
    await page.getByText("Correct what the sentence names").waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Run again" }).click();
    await page.getByText("Runs again").waitFor();
    const id = idOfAddress();
    expect(await call(getJob, admin, { params: { id } })).toMatchObject({
      rerun_from: lab.failed,
      status: "waiting",
    });
  });

  test("names the cause of a job that cannot be simulated, and leads to what to do about it", async () => {
    const job = new Job({ platformName: "sim:slos", jobName: "has no phase", payload: phaseSweep(0) });
    await job.create(new CloudContext(cloud.ready.url), User.withJobToken(cloud.ready.job_token));
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
    await page.goto(`/jobs/${lab.waiting}`);
    await page.locator(".notice", { hasText: /start/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel job" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Keep" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect((await call(getJob, admin, { params: { id: lab.waiting } })).status).toBe("waiting");
    await page.getByRole("button", { name: "Cancel job" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel job" }).click();
    await page.getByText("canceled").first().waitFor();
  });

  test("cancels chosen jobs together", async () => {
    const { job_id } = await call(submitJob, own, {
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
    expect((await call(getJob, admin, { params: { id: job_id } })).status).toBe("canceled");
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

  test("shows administrators everybody's jobs as they change, without a reload", async () => {
    await page.goto("/administration/queue");
    await page.getByRole("table").first().waitFor();
    const body = {
      platform_name: "qpu:lab",
      job_name: "comes by itself",
      payload: mesh([1, 0], { command: "samples" }),
    };
    await call(submitJob, own, { body });
    await page.getByRole("link", { name: "comes by itself" }).waitFor();
    await page.goto("/jobs?everybody=true");
    await page.getByLabel("Owner").selectOption(cloud.ready.admin!.email);
    await page.getByRole("link", { name: "comes by itself" }).waitFor();
  });

  test("tells which worker runs which job, and when it was heard of", async () => {
    const worker = { baseUrl: cloud.ready.url, token: workerKey };
    const leased = (await call(fetchJob, worker, { query: { wait_s: 20 } }))!;
    const { job_id: id, lease_token } = leased;
    await call(renewLease, worker, { params: { id }, body: { lease_token, progress: 0.37 } });
    await page.goto("/administration/worker-keys");
    const row = page
      .getByRole("region", { name: "Workers", exact: true })
      .getByRole("row")
      .filter({ hasText: "cryostat 2" })
      .filter({ hasText: "37 %" })
      .filter({ hasText: "heartbeat" });
    await row.getByRole("link", { name: leased.job_name }).waitFor();
  });

  test("shows what a platform measured as time goes by, and when it is maintained", async () => {
    await call(updatePlatform, admin, { params: { id: platformId }, body: { perfs: { "HOM (%)": 92.4 } } });
    await page.goto("/platforms/qpu:lab");
    await page.getByRole("img", { name: "HOM (%) over 30 days, now 92.4" }).waitFor();
    const planned = new Date(Date.now() + 2 * 86_400_000);
    if (planned.getMonth() !== new Date().getMonth()) {
      await page.getByRole("button", { name: "The next month" }).click();
    }
    const calendar = page.getByRole("table", { name: /^Maintenance in/ });
    const day = new RegExp(`^${planned.getDate()}\\s*, maintenance`);
    await calendar.getByRole("cell", { name: day }).first().waitFor();
    await page.getByText("Calibration of the source").first().waitFor();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
    }
    await page.emulateMedia({ colorScheme: "light" });
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

  test("lets administrators change a platform's limits", async () => {
    await page.goto("/administration/platforms");
    await page.getByLabel("Settings of").selectOption("qpu:lab");
    await page.getByLabel("Shots of one job").fill("1234");
    await page.getByLabel("Jobs waiting or running").fill("");
    await page.getByRole("button", { name: "Change limits" }).click();
    await page.getByText("The limits are changed").waitFor();
    await page.goto("/platforms/qpu:lab");
    await page.getByText("1,234").waitFor();
  });

  test("lets administrators say which company an account belongs to", async () => {
    const { company_id } = await call(createCompany, admin, { body: { name: "Optics", share: 2 } });
    await page.goto("/administration/users");
    const { email } = cloud.ready.admin!;
    await page.getByLabel(`Company of ${email}`).selectOption("Optics");
    await page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok());
    const { users } = await call(listUsers, admin, { query: { company_id } });
    expect(users.map((user) => user.email)).toEqual([email]);
  });

  test.each([
    ["a heralded mesh of 24 modes", wideHeraldedMesh, /24 modes/],
    ["nested gates", () => recordedPayload("gate_heralded_cnot_1010"), /modes/],
    ["feed-forward", () => recordedPayload("ff_configurator"), /4 modes/],
  ] as const)("draws %s from the payload", async (name, payload, drawn) => {
    const job = await run(name, payload());
    await page.goto(`/jobs/${job.jobId}`);
    await openTab("Circuit");
    await page.getByRole("group", { name: drawn }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
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
    const job = await run("narrow fringe", phaseSweep(5));
    await page.setViewportSize({ width: 360, height: 740 });
    const paths = [
      "/",
      "/jobs",
      `/jobs/${job.jobId}`,
      `/jobs/${job.jobId}/clone`,
      `/jobs/${lab.failed}`,
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
    expect(complaints).toEqual([]);
  });
});

import {
  call,
  createCompany,
  fetchJob,
  listUsers,
  renewLease,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessibilityViolations, browserPath } from "./browser.ts";
import { mesh } from "./experiments.ts";
import { type LabConsole, openLabConsole } from "./lab-console.ts";

describe.skipIf(browserPath === undefined)("administration in the console", () => {
  let scene: LabConsole;
  let page: Page;
  beforeAll(async () => {
    scene = await openLabConsole();
    page = scene.page;
  });
  afterEach(() => expect(scene.complaints).toEqual([]));
  afterAll(() => scene?.close());

  test("shows administrators everybody's jobs as they change, without a reload", async () => {
    await page.goto("/administration/queue");
    await page.getByRole("table").first().waitFor();
    const body = {
      platform_name: "qpu:lab",
      job_name: "comes by itself",
      payload: mesh([1, 0], { command: "samples" }),
    };
    await call(submitJob, scene.own, { body });
    await page.getByRole("link", { name: "comes by itself" }).waitFor();
    await page.goto("/jobs?everybody=true");
    await page.getByLabel("Owner").selectOption(scene.ready.admin!.email);
    await page.getByRole("link", { name: "comes by itself" }).waitFor();
  });

  test("tells which worker runs which job, and when it was heard of", async () => {
    const worker = { baseUrl: scene.ready.url, token: scene.workerKey };
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
    await call(updatePlatform, scene.admin, {
      params: { id: scene.platformId },
      body: { perfs: { "HOM (%)": 92.4 } },
    });
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
    const { company_id } = await call(createCompany, scene.admin, { body: { name: "Optics", share: 2 } });
    await page.goto("/administration/users");
    const { email } = scene.ready.admin!;
    await page.getByLabel(`Company of ${email}`).selectOption("Optics");
    await page.waitForResponse((response) => response.request().method() === "PATCH" && response.ok());
    const { users } = await call(listUsers, scene.admin, { query: { company_id } });
    expect(users.map((user) => user.email)).toEqual([email]);
  });
});

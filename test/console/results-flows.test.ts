import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { accessibilityViolations, browserPath } from "./browser.ts";
import { crossedSweep, phaseSweep, recordedPayload, wideHeraldedMesh } from "./experiments.ts";
import { type LabConsole, openLabConsole } from "./lab-console.ts";

describe.skipIf(browserPath === undefined)("results and circuits in the console", () => {
  let scene: LabConsole;
  let page: Page;
  beforeAll(async () => {
    scene = await openLabConsole();
    page = scene.page;
  });
  afterEach(() => expect(scene.complaints).toEqual([]));
  afterAll(() => scene?.close());

  test("draws iterations over what they sweep, as lines and as a heat map", async () => {
    const job = await scene.run("a fringe", phaseSweep(9));
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
    const job = await scene.run("a landscape", crossedSweep(5));
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

  test.each([
    ["a heralded mesh of 24 modes", wideHeraldedMesh, /24 modes/],
    ["nested gates", () => recordedPayload("gate_heralded_cnot_1010"), /modes/],
    ["feed-forward", () => recordedPayload("ff_configurator"), /4 modes/],
  ] as const)("draws %s from the payload", async (name, payload, drawn) => {
    const job = await scene.run(name, payload());
    await page.goto(`/jobs/${job.jobId}`);
    await page.getByRole("tab", { name: "Circuit" }).click();
    await page.getByRole("group", { name: drawn }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
  });
});

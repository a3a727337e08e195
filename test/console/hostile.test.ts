import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page, Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningCloud, startCloud } from "../system/running-cloud.ts";
import { browserPath, complaintsOf, launchBrowser, signIn } from "./browser.ts";

/** What each hostile text would do, were any of it run: it says so in the page. */
const run = "globalThis.ran=(globalThis.ran??0)+1";

const shapes: readonly ((code: string) => string)[] = [
  (code) => `<script>${code}</script>`,
  (code) => `"><script>${code}</script>`,
  (code) => `</title><script>${code}</script>`,
  (code) => `<img src=x onerror="${code}">`,
  (code) => `'><img src=x onerror='${code}'>`,
  (code) => `<svg onload=${code}>`,
  (code) => `<svg><animate onbegin=${code} attributeName=x dur=1s>`,
  (code) => `<iframe srcdoc="<script>parent.${code}</script>"></iframe>`,
  (code) => `<a href="javascript:${code}">x</a>`,
  (code) => `javascript:${code}//`,
  (code) => `data:text/html,<script>${code}</script>`,
  (code) => `<style>*{background:url("javascript:${code}")}</style>`,
  (code) => `<details open ontoggle=${code}>`,
  (code) => `<input autofocus onfocus=${code}>`,
  (code) => `<math><mtext></table><img src=x onerror=${code}>`,
  (code) => `<template><script>${code}</script></template>`,
  (code) => `<base href="javascript:${code}//">`,
  (code) => `<form><button formaction="javascript:${code}">x`,
  (code) => `<object data="javascript:${code}">`,
  (code) => `<meta http-equiv=refresh content="0;url=javascript:${code}">`,
  (code) => `{{constructor.constructor('${code}')()}}`,
  (code) => `\${${code}}`,
  (code) => `';${code};'`,
  (code) => `--></noscript><script>${code}</script>`,
  (code) => `]]><script>${code}</script>`,
];
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replaceAll("<", "&lt;"),
  (text) => text.replaceAll("<", "\u003c\u200b"),
  (text) => encodeURIComponent(text),
  (text) => text.replaceAll(" ", "/"),
  (text) => text.replaceAll("script", "scr\u0000ipt"),
  (text) => `\u202e${text}`,
  (text) => `${text}${text}`,
  (text) => text.split("").join("\u0301"),
  (text) => `__proto__${text}`,
  (text) => JSON.stringify(text),
];
const repeats = 10;
const texts = Array.from({ length: repeats }, (_, i) =>
  shapes.flatMap((shape) => spellings.map((spell) => `${i} ${spell(shape(run))}`)),
).flat();

function jobOf(text: string, index: number) {
  return {
    job_id: `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    name: text,
    group_name: text,
    platform_id: "00000000-0000-4000-8000-000000000000",
    platform_name: text,
    command: text,
    status: "error",
    progress: 0,
    status_message: text,
    error_code: text,
    priority: 0,
    shots: null,
    token_id: null,
    rerun_from: null,
    created_at: "2026-01-01T00:00:00Z",
    started_at: null,
    ended_at: "2026-01-01T00:00:01Z",
  };
}

describe.skipIf(browserPath === undefined)("hostile texts from the cloud", () => {
  const parent = mkdtempSync(join(tmpdir(), "corbenic-hostile-"));
  let cloud: RunningCloud;
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const dialogs: string[] = [];

  beforeAll(async () => {
    cloud = await startCloud(join(parent, "data"));
    browser = await launchBrowser();
    const context = await browser.newContext({ baseURL: cloud.ready.url });
    complaints = complaintsOf(context);
    page = await context.newPage();
    page.on("dialog", (dialog) => {
      dialogs.push(dialog.message());
      return dialog.dismiss();
    });
    await signIn(page, cloud.ready.admin!);
  });
  afterAll(async () => {
    await browser?.close();
    cloud?.kill("SIGTERM");
    await cloud?.ended;
    rmSync(parent, { recursive: true, force: true });
  });

  const answer = (route: Route, json: unknown) => route.fulfill({ json });
  async function nothingRan(): Promise<void> {
    expect(await page.evaluate(() => (globalThis as { ran?: number }).ran)).toBeUndefined();
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
  }

  test("3,000 of them in the list of jobs are text, each as it was sent", async () => {
    expect(texts).toHaveLength(3_000);
    const aPage = 200;
    await page.route(/\/api\/jobs\?/, (route) => {
      const from = Number(new URL(route.request().url()).searchParams.get("offset") ?? 0);
      const jobs = texts.slice(from, from + aPage).map((text, i) => jobOf(text, from + i));
      const counted = { total: texts.length, counted_at: "2026-01-02T00:00:00.000000Z" };
      return answer(route, { jobs, next_cursor: null, ...counted });
    });
    await page.goto("/jobs");
    const list = page.getByRole("region", { name: "Jobs, scrolls" });
    const seen = new Set<string>();
    await list.locator("a.job-link").first().waitFor();
    while (!seen.has(texts.at(-1)!)) {
      await page.waitForFunction(() => document.querySelector(".job-list .unloaded") === null);
      const names = await list.locator("a.job-link").allTextContents();
      for (const name of names) seen.add(name);
      await list.evaluate((element) => {
        element.scrollBy(0, element.clientHeight);
        return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      });
    }
    expect(texts.filter((text) => !seen.has(text))).toEqual([]);
    await nothingRan();
  });

  test("a job full of them is text on each of its tabs", async () => {
    for (const text of texts.slice(0, shapes.length * spellings.length).filter((_, i) => i % 25 === 0)) {
      await page.route(/\/api\/jobs\/[^/?]+$/, (route) =>
        answer(route, {
          ...jobOf(text, 1),
          progress_message: text,
          pcvl_version: text,
          process_id: text,
          token_label: text,
          max_duration_s: 1,
          attempt: 1,
          attempts_max: 3,
          has_result: true,
          reruns: [],
          events: [
            {
              at: "2026-01-01T00:00:00Z",
              transition: text,
              to_state: "error",
              attempt: 1,
              actor: text,
              message: text,
            },
          ],
          queue: null,
        }),
      );
      await page.route(/\/api\/jobs\/[^/?]+\/data$/, (route) =>
        answer(route, { payload: { command: "probs", [text]: text }, pcvl_version: text }),
      );
      await page.route(/\/api\/jobs\/[^/?]+\/result$/, (route) =>
        answer(route, {
          results: JSON.stringify({ results: `:PCVL:BSDistribution:{${text}=1}` }),
          results_type: "final",
        }),
      );
      await page.goto("/jobs/00000000-0000-4000-8000-000000000001");
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const tab of ["Results", "Circuit", "Payload", "Events"])
        await page.getByRole("tab", { name: tab }).click();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(text);
      await page.unrouteAll();
    }
    await nothingRan();
  });
});

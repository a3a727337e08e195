/**
 * The console in a browser, on loopback: how long until a first visit can be used, and how long frames take while a
 * list of 100,000 jobs is scrolled: with Page Down held, a page in each frame; with the scroll bar dragged down to the
 * end and up again; and by leaps. The jobs are put into the database as rows. Needs a chromium on the PATH, and the
 * built console: `npm run bench -- console` builds it. `node bench/console.bench.ts 5000` takes fewer jobs.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { setUpLocalCloud, startServer } from "@corbenic/server";
import type { Browser } from "playwright-core";
import { browserPath, launchBrowser, signIn } from "../test/console/browser.ts";
import { seedJobs } from "./console-jobs.ts";
import { type Frames, leapTo, scrollBy, watchFrames } from "./scroll-frames.ts";

const bounds = { firstLoadKb: 250, interactiveMs: 1_000, frameMs: 50 };
const rowHeight = 44;
const heldFrames = 900;
/** From one end of the list to the other. */
const draggedFrames = 600;
const leaps = 60;
const dist = resolve(import.meta.dirname, "../console/dist");
const rounds = 5;
const jobs = Number(process.argv[2] ?? 100_000);

if (browserPath === undefined) {
  console.error("There is no chromium on the PATH: apt-get install chromium.");
  process.exit(1);
}
const parent = mkdtempSync(join(tmpdir(), "corbenic-bench-"));
const server = await startServer({
  host: "127.0.0.1",
  port: 0,
  dataDirectory: join(parent, "data"),
  consoleDirectory: dist,
  logger: false,
});
const browser = await launchBrowser();
try {
  const cloud = await setUpLocalCloud(server);
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  await signIn(page, cloud.admin!);

  const kilobytes = firstLoadBytes() / 1_000;
  say("first load", `${kilobytes.toFixed(1)} kB gzip`, kilobytes <= bounds.firstLoadKb);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(await interactiveMs(browser, await context.storageState()));
  }
  times.sort((a, b) => a - b);
  const median = times[Math.floor(rounds / 2)]!;
  say(
    "interactive",
    `${median.toFixed(0)} ms, ${times.at(-1)!.toFixed(0)} at most`,
    times.at(-1)! <= bounds.interactiveMs,
  );

  const begun = performance.now();
  await seedJobs(server.database.pool, jobs);
  const seedS = (performance.now() - begun) / 1_000;
  console.log(`${jobs.toLocaleString("en")} jobs put into the database in ${seedS.toFixed(1)} s`);
  await page.goto("/jobs");
  await page.getByText(`${jobs.toLocaleString("en")} jobs`).waitFor();
  await watchFrames(page, bounds.frameMs);
  const pixels = await page.locator(".job-list").evaluate((list) => list.clientHeight);
  sayFrames("Page Down held", await scrollBy(page, { pixels, frames: heldFrames }));
  const dragged = Math.ceil((jobs * rowHeight) / draggedFrames);
  sayFrames("dragged down", await scrollBy(page, { pixels: dragged, frames: draggedFrames }));
  sayFrames("dragged up", await scrollBy(page, { pixels: -dragged, frames: 2 * draggedFrames }));
  // All over the list: the golden ratio leaves no part of it out.
  const rows = Array.from({ length: leaps }, (_, i) => Math.floor(((i * 0.618034) % 1) * (jobs - 50)));
  const leapt = await leapTo(page, rows);
  sayFrames("leapt", leapt);
  const waits = leapt.waits.toSorted((a, b) => a - b);
  const wait = waits[Math.floor(leaps / 2)]!;
  say(
    "there after",
    `${wait.toFixed(0)} ms, ${waits.at(-1)!.toFixed(0)} at most, ${leapt.wrong} wrong of ${leaps}`,
    leapt.wrong === 0,
  );
} finally {
  await browser.close();
  await server.stop();
  rmSync(parent, { recursive: true, force: true });
}

function say(name: string, figure: string, holds: boolean): void {
  console.log(`${name.padEnd(16)}${figure.padEnd(72)}${holds ? "within bounds" : "OUT OF BOUNDS"}`);
  if (!holds) process.exitCode = 1;
}

function sayFrames(name: string, { times, long }: Frames): void {
  const sorted = times.toSorted((a, b) => a - b);
  const part = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(1);
  const figure = `${sorted.length} frames: p50 ${part(0.5)}, p99 ${part(0.99)}, longest ${part(1)} ms, ${long.length} over ${bounds.frameMs}`;
  say(name, figure, long.length === 0);
  for (const { ms, because } of long) console.log(`  ${ms.toFixed(0)} ms: ${because}`);
}

/** What a first visit loads: the page and every file that it names. */
function firstLoadBytes(): number {
  const html = readFileSync(join(dist, "index.html"));
  const files = [...html.toString().matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
  const contents = [html, ...files.map((file) => readFileSync(join(dist, file)))];
  return contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
}

type Session = Awaited<ReturnType<Awaited<ReturnType<Browser["newContext"]>>["storageState"]>>;

/** From the navigation of a browser that has nothing in its cache until the overview shows the cloud's platforms. */
async function interactiveMs(by: Browser, storageState: Session): Promise<number> {
  const context = await by.newContext({ baseURL: server.url, storageState });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector("main .tile a") === null) return requestAnimationFrame(look);
      // A task of its own: whatever keeps the page from answering must be over.
      return setTimeout(() => Object.assign(globalThis, { usableMs: performance.now() }));
    };
    requestAnimationFrame(look);
  });
  await page.goto("/");
  const usable = await page.waitForFunction(() => (globalThis as { usableMs?: number }).usableMs);
  const ms = (await usable.jsonValue())!;
  await context.close();
  return ms;
}

/** Takes a picture of every page of the console into docs/screenshots: npm run screenshots [-- name …]. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setUpLocalCloud, startServer } from "@corbenic/server";
import { startWorker } from "@corbenic/worker";
import { pretendQpuPlatform, startPretendQpu } from "@corbenic/worker/pretend-qpu";
import type { Browser } from "playwright-core";
import { launchBrowser, signIn } from "../browser.ts";
import { fillCloud } from "./fill-cloud.ts";
import { palettePng } from "./palette-png.ts";
import { type Shot, shotsOf } from "./shots.ts";

const root = resolve(import.meta.dirname, "../../..");
const pictures = join(root, "docs", "screenshots");
const wide = { width: 1280, height: 900 };
const narrow = { width: 360, height: 780 };
const tallest = 1_800;

const wanted = process.argv.slice(2);
const parent = mkdtempSync(join(tmpdir(), "corbenic-screenshots-"));
const server = await startServer({
  host: "127.0.0.1",
  port: 0,
  dataDirectory: join(parent, "data"),
  consoleDirectory: join(root, "console", "dist"),
  logger: false,
  limits: { leaseMs: 600_000 },
});
const cloud = await setUpLocalCloud(server, { qpu: pretendQpuPlatform });
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const worker = startWorker({ url: server.url, key: cloud.workerKey, log: quiet });
const fast = { settleMs: 20, shotsPerSecond: 10_000_000, calibrateMs: 0 };
const qpu = startPretendQpu({ url: server.url, key: cloud.qpuKey!, log: quiet, ...fast });
const browser = await launchBrowser();
try {
  const filled = await fillCloud(server, { ...cloud.admin!, jobToken: cloud.jobToken });
  const shots = shotsOf(filled).filter(({ name }) => isWanted(name));
  for (const colorScheme of ["light", "dark"] as const) {
    await take(browser, shots, { colorScheme, viewport: wide, suffix: colorScheme });
  }
  const few = shots.filter((shot) => shot.narrow === true);
  await take(browser, few, { colorScheme: "light", viewport: narrow, suffix: "narrow" });
} finally {
  await browser.close();
  await worker.stop();
  await qpu.stop();
  await server.stop();
  rmSync(parent, { recursive: true, force: true });
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((each) => name.startsWith(each));
}

interface Manner {
  readonly colorScheme: "light" | "dark";
  readonly viewport: { readonly width: number; readonly height: number };
  readonly suffix: string;
}

async function take(
  by: Browser,
  shots: readonly Shot[],
  { colorScheme, viewport, suffix }: Manner,
): Promise<void> {
  const context = await by.newContext({
    baseURL: server.url,
    viewport,
    colorScheme,
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Paris",
  });
  const page = await context.newPage();
  const picture = async (name: string) => {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ ...viewport, height: Math.min(Math.max(height, viewport.height), tallest) });
    const png = palettePng(await page.screenshot());
    writeFileSync(join(pictures, `${name}-${suffix}.png`), png);
    process.stdout.write(`${name}-${suffix}.png ${Math.round(png.length / 1_000)} kB\n`);
    await page.setViewportSize(viewport);
  };
  await page.goto("/");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  if (isWanted("sign-in")) await picture("sign-in");
  await signIn(page, cloud.admin!);
  for (const { name, path, prepare } of shots) {
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("Loading …").first().waitFor({ state: "hidden" });
    await prepare?.(page);
    await page.getByText("Loading …").first().waitFor({ state: "hidden" });
    await picture(name);
  }
  await context.close();
}

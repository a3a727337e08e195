import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const dist = resolve(import.meta.dirname, "../../console/dist");
const firstLoadBytesMax = 250_000;

test("what a first visit loads is at most 250 kB, compressed, and from this server alone", () => {
  const page = readFileSync(join(dist, "index.html"), "utf8");
  const files = [...page.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!);
  expect(files.length).toBeGreaterThan(1);
  const bytes = [page, ...files.map((file) => readFileSync(join(dist, file)))].reduce(
    (sum, content) => sum + gzipSync(content).length,
    0,
  );
  expect(bytes).toBeLessThanOrEqual(firstLoadBytesMax);
  expect(page).not.toMatch(/(?:src|href)="(?!\/)/);
  expect(page).not.toMatch(/<script>|\son\w+=|<style/);
});

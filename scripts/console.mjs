// Builds the web console where its sources have changed since it was built last.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { environment, nodePath, root } from "./setup.mjs";

const sources = [
  "package-lock.json",
  "console/index.html",
  "console/vite.config.ts",
  "console/public",
  "console/src",
  "sdk/src",
  "protocol/src",
  "photonics/src",
];
const stamp = join(root, "console", "dist", ".built");

/** Builds the console unless that was done already from the same sources. Says what it does on standard error. */
export function ensureConsole() {
  const wanted = hashOfSources();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Building the console ...\n");
  const { status, error } = spawnSync(
    nodePath(),
    [join(root, "node_modules", "vite", "bin", "vite.js"), "build", join(root, "console"), "--logLevel=warn"],
    // Whoever builds it, also a test: React is three times as large, and slower, where it is not for production.
    { cwd: root, stdio: ["ignore", 2, 2], env: { ...environment(), NODE_ENV: "production" } },
  );
  if (error !== undefined || status !== 0) {
    process.stderr.write(`Cannot build the console (${error?.message ?? `vite ended with ${status}`}).\n`);
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function hashOfSources() {
  const hash = createHash("sha256");
  for (const path of sources.flatMap(filesIn))
    hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  return hash.digest("hex");
}

function filesIn(source) {
  const path = join(root, source);
  if (/\.\w+$/.test(source)) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

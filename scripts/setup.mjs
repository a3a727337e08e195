// Brings what the repository needs and the machine lacks. Plain JavaScript: it runs before anything is installed,
// under whatever Node the machine has.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");
const modules = join(root, "node_modules");
const stamp = join(modules, ".corbenic-installed");

/** Installs the locked dependencies unless that was done already. Says what it does on standard error. */
export function ensureInstalled() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  process.stderr.write("Installing dependencies, once ...\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { status, error } = spawnSync(npm, ["ci", "--loglevel=error", "--no-progress"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (error !== undefined || status !== 0) {
    process.stderr.write(
      `Cannot install the dependencies (${error?.message ?? `npm ci ended with ${status}`}).\n`,
    );
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

/** The Node that package.json brings, or this one where its platform has none and this one is new enough. */
export function nodePath() {
  const brought = join(modules, ".bin", process.platform === "win32" ? "node.cmd" : "node");
  if (existsSync(brought)) return brought;
  if (isRecentEnough()) return process.execPath;
  process.stderr.write(
    `Corbenic needs Node 24 or newer: this is ${process.version}, and npm has none for ${process.platform} ${process.arch}. Install one from nodejs.org.\n`,
  );
  process.exit(1);
}

/** Whether this Node runs TypeScript as it is. */
export function isRecentEnough() {
  return Number.parseInt(process.versions.node, 10) >= 24;
}

/** The environment in which everything that is started finds the Node that package.json brings first. */
export function environment() {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const separator = process.platform === "win32" ? ";" : ":";
  return { ...process.env, [key]: [join(modules, ".bin"), process.env[key]].join(separator) };
}

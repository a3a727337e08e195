// Runs a TypeScript program of the repository under the Node that package.json brings, with options of Node's own
// before it: node scripts/run.mjs [--OPTION ...] FILE ...
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const given = process.argv.slice(2);
const at = given.findIndex((word) => !word.startsWith("--"));
const [file, ...args] = given.slice(at);
const { status } = spawnSync(nodePath(), [...given.slice(0, at), join(root, file), ...args], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

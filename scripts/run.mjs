// Runs a TypeScript program of the repository under the Node that package.json brings: node scripts/run.mjs FILE ...
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const [file, ...args] = process.argv.slice(2);
const { status } = spawnSync(nodePath(), [join(root, file), ...args], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

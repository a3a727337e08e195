// npm run faults [-- api|worker|postgres|embedded …] [--rounds N]: breaks a running cloud on purpose.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const main = join(root, "test", "faults", "main.ts");
const { status } = spawnSync(nodePath(), [main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

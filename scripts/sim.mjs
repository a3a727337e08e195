// npm run sim [-- --seeds N --steps N --processes N | --seed N]: lives through simulated clouds with faults.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const main = join(root, "test", "simulation", "main.ts");
const { status } = spawnSync(nodePath(), [main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

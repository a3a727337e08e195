// npm run screenshots [-- NAME ...]: pictures of the console, or of the pages whose names begin so, into docs/screenshots.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureConsole } from "./console.mjs";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
ensureConsole();
const main = join(root, "test", "console", "screenshots", "main.ts");
const { status } = spawnSync(nodePath(), [main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

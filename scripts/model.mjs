// npm run model [-- --large]: explores the model of a job's life, and shows what goes wrong without each rule.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const main = join(root, "protocol", "src", "lifecycle-model", "main.ts");
const { status } = spawnSync(nodePath(), ["--max-old-space-size=6144", main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

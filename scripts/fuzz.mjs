// npm run fuzz [-- runs [seed]]: the long form of the tests that read hostile payloads.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const script = join(root, "photonics/test/hostile/fuzz.ts");
const { status } = spawnSync(nodePath(), [script, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

// npm run bench [-- name …]: runs the benchmarks of bench/, or those whose names begin with what is given.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureConsole } from "./console.mjs";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const wanted = process.argv.slice(2);
const files = readdirSync(join(root, "bench"))
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((name) => file.startsWith(name)));
if (files.length === 0) {
  process.stderr.write(`No benchmark begins with ${wanted.join(" or ")}.\n`);
  process.exit(1);
}
if (files.includes("console.bench.ts")) ensureConsole();
let failed = 0;
for (const file of files) {
  process.stdout.write(`\n== ${file.replace(/\.bench\.ts$/, "")}\n`);
  const { status } = spawnSync(nodePath(), ["--expose-gc", join(root, "bench", file)], {
    cwd: root,
    stdio: "inherit",
    env: environment(),
  });
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);

// npm run vectors [-- folder …]: compares what the simulator gives with the vectors of clients, and prints a table.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const table = join(root, "photonics", "test", "vectors", "print-table.ts");
const { status } = spawnSync(nodePath(), [table, ...process.argv.slice(2)], {
  stdio: "inherit",
  env: environment(),
});
process.exit(status ?? 1);

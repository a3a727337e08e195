// npm run test:spread: the server's tests on PostgreSQL, with their requests spread over three API processes.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

ensureInstalled();
const { status } = spawnSync(
  nodePath(),
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "server/test", ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit", env: { ...environment(), CORBENIC_TEST_PROCESSES: "3" } },
);
process.exit(status ?? 1);

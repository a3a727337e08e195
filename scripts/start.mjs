// npm start: sets up what is missing, then runs `corbenic dev` under the Node that package.json brings.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ensureConsole } from "./console.mjs";
import { ensureInstalled, environment, isRecentEnough, nodePath, root } from "./setup.mjs";

ensureInstalled();
ensureConsole();
const main = join(root, "cli", "src", "main.ts");
const args = ["dev", ...process.argv.slice(2)];

if (isRecentEnough()) {
  process.argv.splice(1, process.argv.length, main, ...args);
  await import("../cli/src/main.ts");
} else {
  const child = spawn(nodePath(), [main, ...args], { stdio: "inherit", env: environment() });
  // A terminal sends Ctrl-C to both; this process stays to give the child's exit code.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}

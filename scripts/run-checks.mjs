// Runs lint, types and tests one after the other and counts them together.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureConsole } from "./console.mjs";
import { ensureInstalled, environment, nodePath, root } from "./setup.mjs";

/** Runs the checks, prints `N passed, N failed, N skipped` last, and exits 1 when any failed. */
export function runChecks(testArguments) {
  ensureInstalled();
  ensureConsole();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, bin, args] of [
    ["lint", "@biomejs/biome/bin/biome", ["check", "--error-on-warnings", "."]],
    ["types", "typescript/bin/tsc", ["-p", "tsconfig.json"]],
  ]) {
    process.stdout.write(`\n== ${name}\n`);
    counts[run(bin, args) ? "passed" : "failed"] += 1;
  }
  process.stdout.write("\n== tests\n");
  runTests(testArguments, counts);
  process.stdout.write(
    `\n${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}\n`,
  );
  process.exit(counts.failed === 0 ? 0 : 1);
}

function runTests(testArguments, counts) {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-tests-"));
  const report = join(folder, "report.json");
  const succeeded = run("vitest/vitest.mjs", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...testArguments,
  ]);
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    counts.passed += numPassedTests;
    // A file that does not load fails without a failed test in it.
    const failed = numFailedTests === 0 && numFailedTestSuites > 0 ? numFailedTestSuites : numFailedTests;
    counts.failed += failed === 0 && !succeeded ? 1 : failed;
    counts.skipped += numPendingTests;
  } catch (error) {
    process.stderr.write(`The tests left no report: ${error.message}\n`);
    counts.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(bin, args) {
  const { status } = spawnSync(nodePath(), [join(root, "node_modules", bin), ...args], {
    cwd: root,
    stdio: "inherit",
    env: environment(),
  });
  return status === 0;
}

// npm run check: what to run before a commit. Everything but the whole-system tests.
import { runChecks } from "./run-checks.mjs";

runChecks(["--exclude=test/system/**", ...process.argv.slice(2)]);

// npm run check: what to run before a commit. Everything but the whole-system tests and those in a browser.
import { runChecks } from "./run-checks.mjs";

runChecks(["--exclude=test/system/**", "--exclude=test/console/**", ...process.argv.slice(2)]);

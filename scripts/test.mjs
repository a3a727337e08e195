// npm test: lint, types, boundaries, unit tests and whole-system tests.
import { runChecks } from "./run-checks.mjs";

runChecks(process.argv.slice(2));

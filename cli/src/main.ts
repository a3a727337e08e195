#!/usr/bin/env node
import { explain } from "./explain.ts";
import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (thrown) {
  const { code, message, error } = explain(thrown);
  if (message !== "") {
    process.stderr.write(`${process.argv.includes("--json") ? JSON.stringify({ error }) : message}\n`);
  }
  process.exitCode = code;
}

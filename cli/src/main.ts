#!/usr/bin/env node
import { explain } from "./explain.ts";
import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  const { code, message } = explain(error);
  if (message !== "") process.stderr.write(`${message}\n`);
  process.exitCode = code;
}

import { existsSync, readFileSync } from "node:fs";
import { UsageError } from "./exit-codes.ts";

/** What a file says in JSON. @throws {UsageError} when it is not there, or says something else */
export function readJsonFile(path: string): unknown {
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`);
  return parseJson(readFileSync(path, "utf8"), path);
}

/** @throws {UsageError} that names where the text came from */
export function parseJson(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Cannot read ${from}: it must be JSON (${reason}).`, { cause });
  }
}

import pretty from "pino-pretty";
import type { LogLevel } from "./settings/settings.ts";

/** Logs on standard error: for people on a terminal, as JSON lines otherwise. */
export function createLog(level: LogLevel) {
  const stream = process.stderr.isTTY
    ? pretty({ destination: 2, sync: true, ignore: "pid,hostname", translateTime: "HH:MM:ss" })
    : process.stderr;
  return { level, stream };
}

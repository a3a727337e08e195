import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const main = join(import.meta.dirname, "..", "src", "main.ts");

function spawnProgram(args: readonly string[]) {
  return spawn(process.execPath, [main, ...args], {
    stdio: "pipe",
    env: { ...process.env, NODE_OPTIONS: undefined, DATABASE_URL: undefined },
  });
}

/** Runs the program by itself, with what it reads from standard input. */
export async function runProgram(args: readonly string[], input = ""): Promise<Ended> {
  const child = spawnProgram(args);
  child.stdin.end(input);
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: code as number | null, stdout, stderr };
}

export interface Serving {
  /** What it said first. */
  readonly line: string;
  /** Asks it to stop. @returns its exit code */
  stop(): Promise<number | null>;
}

/** Starts the program where it serves until it is asked to stop, and waits for its first line. */
export async function startProgram(args: readonly string[]): Promise<Serving> {
  const child = spawnProgram(args);
  const errors = text(child.stderr);
  const ended = once(child, "close").then(([code]) => code as number | null);
  const line = await Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(([first]) => first as string),
    ended.then(async (code) => {
      throw new Error(`corbenic ${args.join(" ")} ended with ${code}: ${await errors}`);
    }),
  ]);
  return {
    line,
    stop() {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

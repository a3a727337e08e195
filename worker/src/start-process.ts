import { type ChildProcess, fork } from "node:child_process";
import type { Log } from "./log.ts";
import { diedOfMemory } from "./out-of-memory.ts";
import type { ToProcess } from "./simulation-messages.ts";

export interface StartedProcess {
  readonly child: ChildProcess;
  /** Tells it something; one that is gone hears nothing. */
  readonly tell: (asked: ToProcess) => void;
  /** How it has ended, or that it could not be started; undefined while it lives. */
  readonly end: () => ProcessEnd | undefined;
  /** Tells the listener of its end. @returns how to listen no more */
  readonly onEnd: (listener: (how: ProcessEnd) => void) => () => void;
}

export interface ProcessEnd {
  readonly ofMemory: boolean;
  readonly message: string;
}

/** What a process has written last where errors go, as far as it is kept. */
const lastWordsMax = 4_096;

/** Starts a process whose thread runs the script, with a heap of so many bytes at most. */
export function startProcess(script: URL, memoryBytesMax: number, log: Log | undefined): StartedProcess {
  const heapMb = Math.max(64, Math.floor(memoryBytesMax / 2 ** 20));
  const child = fork(new URL("./simulation-process.ts", import.meta.url), [script.href, String(heapMb)], {
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    env: withoutSecrets(process.env),
    execArgv: [],
  });
  const listeners = new Set<(how: ProcessEnd) => void>();
  let ended: ProcessEnd | undefined;
  let words = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words = (words + text).slice(-lastWordsMax);
  });
  const end = (how: ProcessEnd) => {
    ended = how;
    for (const listener of listeners) listener(how);
  };
  child.once("error", (error) => end({ ofMemory: false, message: error.message }));
  child.once("close", (code, signal) => {
    if (!child.killed) log?.warn({ code, signal, lastWords: words }, "a simulation process has ended");
    end({ ofMemory: diedOfMemory(words), message: describeEnd(code, signal) });
  });
  return {
    child,
    tell: (asked) => {
      if (child.connected) child.send(asked, () => undefined);
    },
    end: () => ended,
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What computes needs no key and no database. */
function withoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const secret = /^(CORBENIC_|DATABASE_URL$|PG)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !secret.test(name)));
}

function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === "SIGKILL") return "its process was killed, perhaps because the machine had no memory left";
  return signal === null ? `its process ended with code ${code}` : `its process ended by ${signal}`;
}

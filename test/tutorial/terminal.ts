import { spawn } from "node:child_process";

/** A shell that is told one block of commands after another, as by somebody who copies them. */
export interface Terminal {
  /** All that it has said so far. */
  readonly said: () => string;
  /** Runs a block to its end. @returns what it said, on both streams @throws when a command of it fails */
  run(block: string): Promise<string>;
  /** Runs a block until it has said something like this, and leaves it running. */
  begin(block: string, until: RegExp): Promise<void>;
  /** Ctrl-C, and the end of the shell. */
  end(): Promise<void>;
}

export function openTerminal(folder: string, environment: NodeJS.ProcessEnv): Terminal {
  const shell = spawn("bash", ["--norc", "--noprofile"], {
    cwd: folder,
    env: environment,
    stdio: "pipe",
    // A group of its own, which Ctrl-C reaches whole.
    detached: true,
  });
  let said = "";
  const listeners = new Set<() => void>();
  for (const stream of [shell.stdout, shell.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      for (const look of listeners) look();
    });
  }
  const ended = new Promise<void>((resolve) => shell.once("exit", () => resolve()));

  function hear(pattern: RegExp, from: number): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(said.slice(from));
        if (found === null) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      void ended.then(() => reject(new Error(`The shell ended: ${said.slice(from)}`)));
      look();
    });
  }

  let blocks = 0;
  return {
    said: () => said,
    async run(block) {
      const from = said.length;
      const mark = `--- block ${++blocks} ended with`;
      shell.stdin.write(`${block}\necho "${mark} $?"\n`);
      const [text, code] = await hear(new RegExp(`${mark} (\\d+)\n`), from);
      const answer = said.slice(from, said.indexOf(text, from));
      if (code !== "0") throw new Error(`It ended with ${code}: ${block}\n${answer}`);
      return answer;
    },
    async begin(block, until) {
      const from = said.length;
      shell.stdin.write(`${block}\n`);
      await hear(until, from);
    },
    async end() {
      process.kill(-shell.pid!, "SIGINT");
      shell.stdin.end("exit\n");
      await ended;
    },
  };
}

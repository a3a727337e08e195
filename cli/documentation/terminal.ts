import { spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** A terminal of a certain size, with a shell in it whose prompt is `$ `. */
export interface Terminal {
  /** Types a command and waits until the shell is ready for the next one. */
  run(command: string): Promise<void>;
  /** Waits for the prompt after a command that was only typed. */
  ready(): Promise<void>;
  /** Types without waiting for what comes of it. */
  type(text: string): void;
  /** Waits until the screen shows this. @throws {Error} with what it shows when that takes too long */
  waitFor(sign: RegExp): Promise<string>;
  screen(): string;
  close(): void;
}

const columns = 110;
const rows = 60;
const waitMsMax = 60_000;
const lookEveryMs = 100;

/** @param socket a path that is free, by which the terminal is reached */
export async function openTerminal(
  socket: string,
  folder: string,
  environment: Record<string, string>,
): Promise<Terminal> {
  const tmux = (...args: string[]): string => {
    const { status, stdout, stderr, error } = spawnSync("tmux", ["-S", socket, ...args], {
      encoding: "utf8",
    });
    if (error !== undefined) throw new Error(`The screens are made with tmux: ${error.message}`);
    if (status !== 0) throw new Error(`tmux ${args[0]} ended with ${status}: ${stderr}`);
    return stdout;
  };
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const size = ["-x", String(columns), "-y", String(rows)];
  tmux(
    "-f",
    "/dev/null",
    "new-session",
    "-d",
    ...size,
    "-c",
    folder,
    "env",
    ...set,
    "bash",
    "--norc",
    "--noprofile",
  );
  let prompts = 0;
  const screen = () => tmux("capture-pane", "-p").trimEnd();
  const terminal: Terminal = {
    run(command) {
      terminal.type(`${command}\n`);
      return terminal.ready();
    },
    async ready() {
      prompts += 1;
      tmux("wait-for", `prompt-${prompts}`);
      // It says so just before; what is typed before the prompt is there would be shown twice.
      await terminal.waitFor(/(^|\n)\$$/);
    },
    type(text) {
      tmux("send-keys", "-l", text.replace(/\n$/, ""));
      if (text.endsWith("\n")) tmux("send-keys", "Enter");
    },
    async waitFor(sign) {
      const until = Date.now() + waitMsMax;
      for (;;) {
        const shown = screen();
        if (sign.test(shown)) return shown;
        await sleep(lookEveryMs);
        if (Date.now() > until) throw new Error(`The terminal does not show ${sign}:\n${shown}`);
      }
    },
    screen,
    close: () => void tmux("kill-server"),
  };
  // The shell says each time that it shows its prompt, under a name of its own: none is taken for another.
  await terminal.run("PS1='$ '; PROMPT_COMMAND='tmux wait-for -S prompt-$((++prompts))'");
  return terminal;
}

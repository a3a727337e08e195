import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** A machine of its own as far as the network is concerned, on a cable that can be pulled out. */
export interface CabledMachine {
  /** How this machine is reached from there, and that one from here. */
  readonly here: string;
  readonly there: string;
  /** Makes a command one of that machine. */
  command(program: string, args: readonly string[]): readonly [string, string[]];
  /** What is sent from now on arrives nowhere, and nobody is told. */
  pullOut(): void;
  plugIn(): void;
  close(): void;
}

const ip = (...args: string[]) => execFileSync("ip", args, { stdio: "pipe" });

/** @param number of the machine, which its addresses have. Answers undefined where this user may not make one. */
export function openCabledMachine(number: number): CabledMachine | undefined {
  const tool = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip"].some((path) => existsSync(path));
  if (!tool || process.getuid?.() !== 0) return undefined;
  const name = `corbenic-${process.pid}-${number}`;
  const [near, far] = [`cbn${number}n`, `cbn${number}f`];
  const [here, there] = [`10.231.${number}.1`, `10.231.${number}.2`];
  const within = (...args: string[]) => ip("netns", "exec", name, "ip", ...args);
  try {
    ip("netns", "add", name);
  } catch (error) {
    if (error instanceof Error && "status" in error) return undefined;
    throw error;
  }
  ip("link", "add", near, "type", "veth", "peer", "name", far, "netns", name);
  ip("address", "add", `${here}/24`, "dev", near);
  ip("link", "set", near, "up");
  within("address", "add", `${there}/24`, "dev", far);
  within("link", "set", "lo", "up");
  within("link", "set", far, "up");
  return {
    here,
    there,
    command: (program, args) => ["ip", ["netns", "exec", name, program, ...args]],
    pullOut: () => void within("link", "set", far, "down"),
    plugIn: () => void within("link", "set", far, "up"),
    close: () => void ip("netns", "delete", name),
  };
}

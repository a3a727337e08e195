import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { Job } from "@corbenic/sdk";
import { openTerminal, type Terminal } from "./terminal.ts";

const bin = resolve(import.meta.dirname, "..", "..", "node_modules", ".bin");

/** What is typed for each screen, from an empty one; the last command's progress is caught where it is waited for. */
const scenes: readonly (readonly [name: string, commands: readonly string[]])[] = [
  ["platforms", ["corbenic status", "corbenic platform list", "corbenic platform show qpu:pretend"]],
  ["job", ["corbenic job submit --wait --name Bunching", "corbenic job list", "corbenic job show $(newest)"]],
  ["refusal", ["corbenic job submit bad.json", "echo $?", "corbenic token delete 99 --json"]],
  [
    "tokens",
    [
      "corbenic token create --label notebook --platform 'sim:*' --shots-max 1000 --duration 12h",
      "corbenic token list",
    ],
  ],
  [
    "accounts",
    [
      "corbenic company create 'Quantum Lab' --share 3",
      "corbenic user create ada@lab.example --first-name Ada --company 'Quantum Lab' --platform sim:slos",
      "corbenic permission grant ada@lab.example qpu:pretend",
      "corbenic user show ada@lab.example",
      "corbenic user list",
      "corbenic company list",
    ],
  ],
  [
    "keys",
    [
      "corbenic platform register sim:lab --command probs sample_count",
      "corbenic key create sim:lab --label 'rack 3'",
      "corbenic key list",
      "corbenic platform maintain sim:lab --in 2h --for 30m --reason 'new fibre'",
    ],
  ],
  ["audit", ["corbenic audit list --limit 4"]],
  ["config", ["corbenic config show", "corbenic doctor --port 0 --data-dir elsewhere"]],
];

/** Screens of a terminal in which the program is used, by their names, without what is secret or of this machine. */
export async function takeScreens(): Promise<ReadonlyMap<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), "corbenic-screens-"));
  writeFileSync(
    join(folder, "bad.json"),
    JSON.stringify({ ...Job.DEFAULT_PAYLOAD, command: "count", max_shots: -5 }),
  );
  const environment = {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    XDG_CONFIG_HOME: join(folder, "config"),
    TZ: "UTC",
    LANG: "C.UTF-8",
  };
  const open = (name: string) => openTerminal(join(folder, name), folder, environment);
  const terminals: Terminal[] = [];
  const screens = new Map<string, string>();
  try {
    const server = await open("server");
    terminals.push(server);
    await server.run("clear");
    server.type("corbenic dev --qpu --port 0\n");
    const started = await server.waitFor(/processor = /);
    const [, url, password] = /API +(http\S+)[\s\S]*Password +(\S+)/.exec(started) ?? [];
    const keep = (name: string, screen: string) =>
      screens.set(
        `screen: ${name}`,
        `\`\`\`console\n${presentable(screen, { folder, url: url!, password: password! })}\n\`\`\``,
      );
    keep("dev", started);

    const user = await open("user");
    terminals.push(user);
    await user.run(`export CORBENIC_URL=${url}`);
    await user.run(
      `newest() { corbenic job list --limit 1 --json | grep -o '"job_id": "[^"]*' | cut -c12-; }`,
    );
    await user.run("clear");
    user.type("corbenic login admin@corbenic.local\n");
    await user.waitFor(/Password of/);
    user.type(`${password}\n`);
    await user.ready();
    keep("login", user.screen());
    for (const [name, commands] of scenes) {
      await user.run("clear");
      for (const command of commands) await user.run(command);
      keep(name, user.screen());
    }
    await user.run("clear");
    user.type("corbenic job submit --platform qpu:pretend --command sample_count --shots 200000 --wait\n");
    keep("progress", await user.waitFor(/█·[^\n]* (?:[2-9]\d) %/));
    await user.ready();
    keep("histogram", user.screen());
  } finally {
    for (const terminal of terminals) terminal.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return screens;
}

interface Place {
  readonly folder: string;
  readonly url: string;
  readonly password: string;
}

function presentable(screen: string, { folder, url, password }: Place): string {
  return screen
    .replaceAll(`${url}  `, "http://127.0.0.1:8080   ")
    .replaceAll(url, "http://127.0.0.1:8080")
    .replaceAll(folder, "…")
    .replaceAll(password, "…")
    .replace(/(cbn_[a-z])_\w{6,}/g, "$1_…")
    .replace(/(password, shown this once: ).*/gi, "$1…")
    .replace(/\n\$ *$/, "")
    .trimEnd();
}

import type { Command, Option } from "commander";
import { exitCodes } from "../src/exit-codes.ts";
import { createProgram } from "../src/program.ts";
import { type Setting, settings } from "../src/settings/settings.ts";

/** What the page says of the program, by the name of the part: made of the program itself, so that both agree. */
export function reference(): ReadonlyMap<string, string> {
  return new Map([
    ["commands", commands()],
    ["settings", settingTable()],
    ["exit codes", exitCodeTable()],
  ]);
}

/** Every command, under the headings of the program's help. */
function commands(): string {
  const program = createProgram();
  const groups = Map.groupBy(shown(program), (command) => command.helpGroup());
  return [...groups]
    .map(
      ([heading, nouns]) =>
        `### ${heading.replace(/:$/, "")}\n\n${nouns.flatMap(verbsOf).map(describe).join("\n")}`,
    )
    .join("\n\n");
}

function shown(parent: Command): readonly Command[] {
  return parent
    .createHelp()
    .visibleCommands(parent)
    .filter((command) => command.name() !== "help");
}

function verbsOf(command: Command): readonly Command[] {
  const verbs = shown(command);
  return verbs.length === 0 ? [command] : verbs;
}

function describe(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each !== null; each = each.parent) names.unshift(each.name());
  const placeholders = command.registeredArguments.map((argument) => {
    const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
    return argument.required ? `<${name}>` : `[${name}]`;
  });
  const known = new Set(Object.values(settings).map(({ flag }) => `--${flag}`));
  const own = command.options.filter(({ long, hidden }) => !hidden && long !== "--json" && !known.has(long!));
  const used = command.options.flatMap(({ long }) => (known.has(long!) ? [`\`${long}\``] : []));
  const asUsual = used.join() === "`--url`,`--token`";
  const lines = [
    `- **\`${[...names, ...placeholders].join(" ")}\`**: ${cell(command.description())}`,
    ...own.map((option) => `  - \`${option.flags}\`${detailsOf(option)}`),
    ...(used.length === 0 || asUsual ? [] : [`  - settings: ${used.join(", ")}`]),
  ];
  return lines.join("\n");
}

function detailsOf({ description, argChoices, defaultValue }: Option): string {
  const text = [
    description,
    ...(argChoices === undefined ? [] : [`one of ${argChoices.join(", ")}`]),
    ...(typeof defaultValue === "string" || typeof defaultValue === "number"
      ? [`default ${defaultValue}`]
      : []),
  ].filter((part) => part !== "");
  return text.length === 0 ? "" : `: ${cell(text.join("; "))}`;
}

function settingTable(): string {
  const rows = Object.values(settings).map((setting: Setting) => [
    `\`--${setting.flag}\``,
    setting.variables.map((variable) => `\`${variable}\``).join(", "),
    `\`${setting.flag}\``,
    setting.fallback === undefined ? "" : `\`${String(setting.fallback)}\``,
    cell(setting.description),
  ]);
  return table(["flag", "variable", "in the file", "default", "what it is"], rows);
}

function exitCodeTable(): string {
  return table(
    ["code", "meaning"],
    Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("<", "\\<");

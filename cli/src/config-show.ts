import { Command } from "commander";
import { printRows } from "./print/print-rows.ts";
import { resolveSetting } from "./settings/resolve.ts";
import { type Setting, type SettingName, settings } from "./settings/settings.ts";
import { sourcesOf } from "./settings/with-settings.ts";

export function configShowCommand(): Command {
  const command = new Command("show")
    .description("show every setting, its value and where it came from")
    .option("--json", "print JSON", false);
  return command.action(({ json }: { json: boolean }) => {
    const sources = sourcesOf(command);
    const rows = (Object.keys(settings) as SettingName[]).map((name) => {
      const setting: Setting = settings[name];
      const { value, origin } = resolveSetting(name, sources);
      return { setting: setting.flag, value: shown(value, setting), origin, variable: setting.variables[0]! };
    });
    printRows(rows, json, [
      { title: "SETTING", text: ({ setting }) => setting },
      { title: "VALUE", text: ({ value }) => value ?? "-" },
      { title: "FROM", text: ({ origin }) => origin },
      { title: "VARIABLE", text: ({ variable }) => variable },
    ]);
  });
}

function shown(value: unknown, { secret }: Setting): string | null {
  if (value === undefined) return null;
  return secret ? "(set, not shown)" : String(value);
}

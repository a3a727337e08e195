import { type Command, Option } from "commander";
import { readConfigFile } from "./config-file.ts";
import { resolveSetting, type Sources } from "./resolve.ts";
import { type SettingName, settings, type ValueOf } from "./settings.ts";

export type Values<Name extends SettingName> = { readonly [K in Name]: ValueOf<K> };

/** Gives a command the flags of these settings. */
export function withSettings<C extends Command>(command: C, names: readonly SettingName[]): C {
  for (const name of names) {
    const { flag, placeholder, description, variables, fallback } = settings[name];
    const shown = fallback === undefined ? "" : `, default ${fallback}`;
    command.option(`--${flag} <${placeholder}>`, `${description} (${variables[0]}${shown})`);
  }
  return command;
}

/** Where the settings of this call come from. */
export function sourcesOf(command: Command): Sources {
  const options = command.optsWithGlobals<Record<string, string | undefined>>();
  const flags = Object.fromEntries(
    Object.values(settings).map(({ flag }) => [
      flag,
      options[new Option(`--${flag} <value>`).attributeName()],
    ]),
  );
  return { flags, environment: process.env, file: readConfigFile(options.config, process.env) };
}

/** The values of these settings for this call. @throws {UsageError} */
export function valuesOf<const Name extends SettingName>(
  command: Command,
  names: readonly Name[],
): Values<Name> {
  const sources = sourcesOf(command);
  return Object.fromEntries(
    names.map((name) => [name, resolveSetting(name, sources).value]),
  ) as unknown as Values<Name>;
}

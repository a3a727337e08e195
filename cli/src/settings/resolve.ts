import { UsageError } from "../exit-codes.ts";
import type { ConfigFile } from "./config-file.ts";
import { type Setting, type SettingName, settings, type ValueOf } from "./settings.ts";

/** A setting's value and where it came from, such as `--port` or `CORBENIC_PORT`. */
export interface Resolved<Value> {
  readonly value: Value;
  readonly origin: string;
}

export interface Sources {
  /** Texts by flag. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: ConfigFile | undefined;
}

/** @throws {UsageError} for a value that the setting does not take, naming where it stands */
export function resolveSetting<Name extends SettingName>(
  name: Name,
  sources: Sources,
): Resolved<ValueOf<Name>> {
  const setting: Setting = settings[name];
  const found = find(setting, sources);
  if (found === undefined) return { value: setting.fallback as ValueOf<Name>, origin: "default" };
  try {
    return { value: setting.read(found.text) as ValueOf<Name>, origin: found.origin };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const shown = setting.secret ? "its value" : JSON.stringify(found.text);
    throw new UsageError(`Cannot use ${shown} from ${found.origin}: it must be ${error.message}.`, {
      cause: error,
    });
  }
}

function find(
  { flag, variables }: Setting,
  { flags, environment, file }: Sources,
): { text: string; origin: string } | undefined {
  const given = flags[flag];
  if (given !== undefined) return { text: given, origin: `--${flag}` };
  for (const variable of variables) {
    const text = environment[variable];
    if (text !== undefined && text !== "") return { text, origin: variable };
  }
  const text = file?.values.get(flag);
  return text === undefined ? undefined : { text, origin: file!.path };
}

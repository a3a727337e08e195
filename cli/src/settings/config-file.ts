import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { UsageError } from "../exit-codes.ts";
import { settings } from "./settings.ts";

/** A configuration file as it was read: each value as text, by the name of its flag. */
export interface ConfigFile {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configuration file: the one that is named, else `corbenic.json` of this folder, else the user's own.
 * @throws {UsageError} when the named one is missing, or any has what is not a setting
 */
export function readConfigFile(named: string | undefined, environment: Environment): ConfigFile | undefined {
  const asked = named ?? environment.CORBENIC_CONFIG;
  if (asked !== undefined) {
    const path = resolve(asked);
    if (!existsSync(path)) throw new UsageError(`There is no configuration file ${path}: check --config.`);
    return parse(path);
  }
  const path = [resolve("corbenic.json"), join(userDirectory(environment), "config.json")].find(existsSync);
  return path === undefined ? undefined : parse(path);
}

/** Where a user's own configuration and logins are kept, after the XDG base directory specification. */
export function userDirectory(environment: Environment): string {
  return join(environment.XDG_CONFIG_HOME ?? join(homedir(), ".config"), "corbenic");
}

function parse(path: string): ConfigFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`Cannot read the configuration file ${path} (${reason}): it must be JSON.`, {
      cause,
    });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new UsageError(`The configuration file ${path} must hold one JSON object.`);
  }
  const known = new Set<string>(Object.values(settings).map(({ flag }) => flag));
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(parsed)) {
    if (!known.has(name)) {
      throw new UsageError(
        `The configuration file ${path} sets "${name}", which is no setting: use one of ${[...known].join(", ")}.`,
      );
    }
    if (typeof value !== "string" && typeof value !== "number") {
      throw new UsageError(`The configuration file ${path} must set "${name}" to a text or a number.`);
    }
    values.set(name, String(value));
  }
  return { path, values };
}

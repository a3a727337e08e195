/** How the text of a setting becomes its value. @throws {RangeError} with what is allowed */
export type Read<Value> = (text: string) => Value;

/** A setting: given by a flag, an environment variable or the configuration file, in this order, or by its default. */
export interface Setting<Value = unknown> {
  readonly flag: string;
  /** What the flag's value is called in help. */
  readonly placeholder: string;
  /** The first one that is set counts. */
  readonly variables: readonly string[];
  readonly description: string;
  readonly read: Read<Value>;
  readonly fallback: Value;
  /** Never shown whole. */
  readonly secret?: true;
}

export const logLevels = ["silent", "error", "warn", "info", "debug"] as const;
export type LogLevel = (typeof logLevels)[number];

const text: Read<string | undefined> = (value) => value;

const port: Read<number> = (value) => wholeNumber(value, 0, 65_535);

const url: Read<string> = (value) => {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new RangeError("an address such as http://127.0.0.1:8080");
  }
  return value.replace(/\/+$/, "");
};

const logLevel: Read<LogLevel> = (value) => {
  const level = logLevels.find((known) => known === value);
  if (level === undefined) throw new RangeError(`one of ${logLevels.join(", ")}`);
  return level;
};

const setting = <Value>(definition: Setting<Value>) => definition;

/** Every setting of every command. Commands pick those that they use. */
export const settings = {
  url: setting({
    flag: "url",
    placeholder: "address",
    variables: ["CORBENIC_URL"],
    description: "the cloud to talk to",
    read: url,
    fallback: "http://127.0.0.1:8080",
  }),
  token: setting<string | undefined>({
    flag: "token",
    placeholder: "token",
    variables: ["CORBENIC_TOKEN"],
    description: "the token to act with, instead of the one that `corbenic login` keeps",
    read: text,
    fallback: undefined,
    secret: true,
  }),
  workerKey: setting<string | undefined>({
    flag: "key",
    placeholder: "key",
    variables: ["CORBENIC_WORKER_KEY"],
    description: "the worker key",
    read: text,
    fallback: undefined,
    secret: true,
  }),
  host: setting({
    flag: "host",
    placeholder: "address",
    variables: ["CORBENIC_HOST"],
    description: "the address to listen on",
    read: (value: string) => value,
    fallback: "127.0.0.1",
  }),
  port: setting({
    flag: "port",
    placeholder: "number",
    variables: ["CORBENIC_PORT"],
    description: "the port to listen on, 0 for a free one",
    read: port,
    fallback: 8080,
  }),
  metricsPort: setting<number | undefined>({
    flag: "metrics-port",
    placeholder: "number",
    variables: ["CORBENIC_METRICS_PORT"],
    description: "a port on 127.0.0.1 for /metrics and /readyz, 0 for a free one",
    read: port,
    fallback: undefined,
  }),
  dataDir: setting({
    flag: "data-dir",
    placeholder: "path",
    variables: ["CORBENIC_DATA_DIR"],
    description: "the directory of the embedded database",
    read: (value: string) => value,
    fallback: ".corbenic",
  }),
  databaseUrl: setting<string | undefined>({
    flag: "database-url",
    placeholder: "address",
    variables: ["CORBENIC_DATABASE_URL", "DATABASE_URL"],
    description: "a PostgreSQL server to use instead of the embedded database",
    read: text,
    fallback: undefined,
    secret: true,
  }),
  logLevel: setting({
    flag: "log-level",
    placeholder: "level",
    variables: ["CORBENIC_LOG_LEVEL"],
    description: `how much to log: ${logLevels.join(", ")}`,
    read: logLevel,
    fallback: "warn" as LogLevel,
  }),
} as const;

export type SettingName = keyof typeof settings;
export type ValueOf<Name extends SettingName> =
  (typeof settings)[Name] extends Setting<infer Value> ? Value : never;

function wholeNumber(value: string, from: number, to: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < from || number > to) {
    throw new RangeError(`a whole number from ${from} to ${to}`);
  }
  return number;
}

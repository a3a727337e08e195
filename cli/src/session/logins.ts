import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UsageError } from "../exit-codes.ts";

/** What is kept of a login: never the password. */
export interface Login {
  readonly email: string;
  readonly token: string;
}

type Logins = Readonly<Record<string, Login>>;

/** The logins of this user, by the address of the cloud, in a file that nobody else can read. */
export interface LoginFile {
  read(url: string): Login | undefined;
  keep(url: string, login: Login): void;
  forget(url: string): void;
}

export function loginFile(path: string): LoginFile {
  const readAll = (): Logins => {
    if (!existsSync(path)) return {};
    try {
      return JSON.parse(readFileSync(path, "utf8")) as Logins;
    } catch (cause) {
      throw new UsageError(`Cannot read the logins in ${path}: remove the file and log in again.`, { cause });
    }
  };
  const writeAll = (logins: Logins) => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const half = `${path}.new`;
    writeFileSync(half, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
    chmodSync(half, 0o600);
    renameSync(half, path);
  };
  return {
    read: (url) => readAll()[url],
    keep: (url, login) => writeAll({ ...readAll(), [url]: login }),
    forget: (url) => {
      const { [url]: _, ...others } = readAll();
      writeAll(others);
    },
  };
}

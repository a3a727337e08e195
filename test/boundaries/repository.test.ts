import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
})
  .toString()
  .split("\0")
  .filter((file) => file !== "" && existsSync(join(root, file)));

describe("the repository", () => {
  test("has no room without a name", () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc)(\.[a-z]+|\/)/.test(file))).toEqual([]);
  });

  test("holds no secret of ours", () => {
    const secret = /\bcbn_[ljwo]_[0-9A-Za-z]{36}\b/;
    const texts = files.filter((file) => /\.(ts|mjs|md|json|sql|html|yml|yaml)$/.test(file));
    expect(texts.filter((file) => secret.test(readFileSync(join(root, file), "utf8")))).toEqual([]);
  });

  test("locks every package that another one names, for every platform, and no download address", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<
        string,
        { optionalDependencies?: Record<string, string>; resolved?: string; link?: boolean }
      >;
    };
    const named = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    );
    const locked = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf("node_modules/") + 13)),
    );
    expect([...new Set(named)].filter((name) => !locked.has(name))).toEqual([]);
    expect(Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link)).toEqual(
      [],
    );
  });
});

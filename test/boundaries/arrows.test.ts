import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

/** What each package may import of the others: `photonics/model` alone, or all that a package exports. */
const arrows: Record<string, readonly string[]> = {
  protocol: [],
  photonics: [],
  server: ["protocol", "photonics/model", "photonics/perceval", "photonics/cost"],
  worker: ["protocol", "photonics"],
  sdk: ["protocol", "photonics"],
  cli: ["sdk", "server", "worker"],
  console: ["sdk", "photonics"],
};

interface Import {
  readonly file: string;
  readonly specifier: string;
}

function importsOf(packageName: string): Import[] {
  return sourcesIn(join(root, packageName, "src")).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const specifiers = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"]+)"|new URL\(\s*"([^"]+)"/g);
    return [...specifiers].map((match) => ({
      file: relative(root, file),
      specifier: (match[1] ?? match[2])!,
    }));
  });
}

function sourcesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function mayImport(packageName: string, specifier: string): boolean {
  const target = specifier.slice("@corbenic/".length);
  return arrows[packageName]!.some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
}

describe("packages", () => {
  test("are the seven of the architecture, in the workspace and on the disk", () => {
    const { workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect([...workspaces].sort()).toEqual(Object.keys(arrows).sort());
  });

  for (const packageName of Object.keys(arrows)) {
    const imports = importsOf(packageName);

    test(`${packageName} imports only the packages it may`, () => {
      const ours = imports.filter(({ specifier }) => specifier.startsWith("@corbenic/"));
      expect(ours.filter(({ specifier }) => !mayImport(packageName, specifier))).toEqual([]);
    });

    test(`${packageName} does not reach into another package by path`, () => {
      const escapes = imports.filter(({ file, specifier }) => {
        if (!specifier.startsWith(".") || !/\.tsx?$/.test(specifier)) return false;
        return !relative(join(root, packageName), resolve(root, file, "..", specifier)).match(/^(?!\.\.)/);
      });
      expect(escapes).toEqual([]);
    });

    test(`${packageName} declares the packages of ours that it imports`, () => {
      const { dependencies = {} } = JSON.parse(readFileSync(join(root, packageName, "package.json"), "utf8"));
      const used = imports
        .filter(({ file, specifier }) => specifier.startsWith("@corbenic/") && !file.includes(".test."))
        .map(({ specifier }) => specifier.split("/").slice(0, 2).join("/"));
      expect([...new Set(used)].filter((name) => !(name in dependencies))).toEqual([]);
    });
  }

  /** The kernels read their compiled module and share memory with threads; wire formats inflate. Nothing else. */
  const builtinsOfPhotonics: Record<string, readonly string[]> = {
    "photonics/src/kernels": ["node:fs", "node:worker_threads"],
    "photonics/src/perceval": ["node:zlib", "node:buffer"],
  };

  test("photonics takes nothing from the network or the process", () => {
    const builtins = importsOf("photonics").filter(
      ({ file, specifier }) =>
        !file.includes(".test.") &&
        specifier.startsWith("node:") &&
        !builtinsOfPhotonics[dirname(file)]?.includes(specifier),
    );
    expect(builtins).toEqual([]);
  });
});

describe("the table of this test", () => {
  test("refuses what it does not list", () => {
    expect(mayImport("server", "@corbenic/photonics/simulation")).toBe(false);
    expect(mayImport("server", "@corbenic/photonics/model")).toBe(true);
    expect(mayImport("protocol", "@corbenic/server")).toBe(false);
    expect(mayImport("cli", "@corbenic/protocol")).toBe(false);
  });
});

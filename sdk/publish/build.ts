import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { rolldown } from "rolldown";
import { withoutSchemas } from "./without-schemas.ts";

const root = resolve(import.meta.dirname, "..", "..");
const entries = ["index", "endpoints"];

/** Makes the package that is published: one build for Node and browsers, its types and its manifest. */
export async function buildSdk(out: string): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await bundle(out);
  emitTypes(out);
  describe(out);
}

/** With the packages of the workspace inside: they are not published on their own. */
async function bundle(out: string): Promise<void> {
  const bundler = await rolldown({
    input: Object.fromEntries(entries.map((entry) => [entry, join(root, "sdk", "src", `${entry}.ts`)])),
    platform: "browser",
    external: ["fflate"],
    plugins: [withoutSchemas()],
  });
  // Module by module: bundlers drop those that an application does not use, whatever stands in them.
  await bundler.write({ dir: out, format: "esm", preserveModules: true, preserveModulesRoot: root });
}

/** Declarations of all that the entries reach; the packages of the workspace are found in them by path. */
function emitTypes(out: string): void {
  const types = join(out, "types");
  const configuration = join(out, "tsconfig.json");
  const compilerOptions = {
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: types,
    typeRoots: [join(root, "node_modules", "@types")],
  };
  // Every file by itself: what the compiler finds through node_modules it takes as given.
  const include = ["sdk/src", "protocol/src", "photonics/src/model", "photonics/src/perceval"].map((folder) =>
    join(root, folder, "**", "*.ts"),
  );
  const exclude = [join(root, "**", "*.test.ts")];
  writeFileSync(
    configuration,
    JSON.stringify({ extends: join(root, "tsconfig.json"), compilerOptions, include, exclude }),
  );
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, "-p", configuration], { stdio: ["ignore", 2, 2] });
  rmSync(configuration);
  if (status !== 0) throw new Error("The declarations cannot be made: the compiler's messages say why.");
  for (const file of globSync("**/*.d.ts", { cwd: types })) {
    const path = join(types, file);
    const text = readFileSync(path, "utf8");
    writeFileSync(
      path,
      text.replace(
        /(from |import\(|import )"([^"]+)"/g,
        (_, before: string, specifier: string) => `${before}"${inPackage(specifier, path, types)}"`,
      ),
    );
  }
}

/** A specifier of the sources as the published declarations have it. */
function inPackage(specifier: string, from: string, types: string): string {
  if (specifier === "#bytes") return "./bytes-portable.js";
  const [, name, inside = ""] = /^@corbenic\/([^/]+)(\/.+)?$/.exec(specifier) ?? [];
  if (name === undefined) return specifier.replace(/\.ts$/, ".js");
  return relative(dirname(from), join(types, name, "src", inside, "index.js"));
}

function describe(out: string): void {
  const { description, version, license, type } = readManifest("sdk");
  const manifest = {
    name: "@corbenic/sdk",
    version,
    description,
    license,
    type,
    sideEffects: false,
    engines: { node: ">=20.3" },
    exports: {
      ".": { types: "./types/sdk/src/index.d.ts", default: "./index.js" },
      "./endpoints": { types: "./types/sdk/src/endpoints.d.ts", default: "./endpoints.js" },
    },
    types: "./types/sdk/src/index.d.ts",
    files: ["*.js", "sdk", "protocol", "photonics", "types"],
    dependencies: {
      fflate: readManifest("photonics").dependencies.fflate,
      // The declarations speak of its types; nothing of it runs.
      typebox: readManifest("protocol").dependencies.typebox,
    },
  };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(join(root, "sdk", "README.md"), join(out, "README.md"));
  cpSync(join(root, "LICENSE"), join(out, "LICENSE"));
}

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly type: string;
  readonly dependencies: Record<string, string>;
}

function readManifest(name: string): Manifest {
  return JSON.parse(readFileSync(join(root, name, "package.json"), "utf8")) as Manifest;
}

import { join, resolve } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const root = resolve(import.meta.dirname, "..", "..");

/** Bytes of what a bundler leaves of the built package. */
export interface Size {
  readonly minified: number;
  readonly gzip: number;
  readonly brotli: number;
}

/** What people take of the package. */
export const uses: Readonly<Record<string, string>> = {
  "all of it": 'export * from "SDK/index.js";',
  "submitting and reading jobs": 'export { CloudContext, User, Job } from "SDK/index.js";',
  "building payloads": 'export { beamSplitter, circuit, encodePayload, experiment } from "SDK/index.js";',
  "errors only": 'export { CloudError } from "SDK/index.js";',
  "all operations": 'export * from "SDK/endpoints.js";',
};

/** Bundles a use of the package that was built into a folder, as web applications do. */
export async function bundleUse(built: string, use: string): Promise<string> {
  const entry = "use-of-the-sdk";
  const bundler = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [
      {
        name: "use",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? use.replaceAll("SDK", built) : null),
      },
    ],
    resolve: { modules: [join(root, "node_modules")] },
  });
  const { output } = await bundler.generate({ format: "esm", minify: true });
  return output.map((chunk) => ("code" in chunk ? chunk.code : "")).join("");
}

export async function measure(built: string, use: string): Promise<Size> {
  const code = await bundleUse(built, use);
  return { minified: code.length, gzip: gzipSync(code).length, brotli: brotliCompressSync(code).length };
}

// npm run kernels [-- FILE]: compiles photonics/kernels to photonics/kernels/kernels.wasm, or to another file.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { ensureInstalled, nodePath, root } from "./setup.mjs";

ensureInstalled();
const folder = join(root, "photonics/kernels");
const to = resolve(process.argv[2] ?? join(folder, "kernels.wasm"));
const compiler = join(root, "node_modules/assemblyscript/bin/asc.js");
const options = [
  ...["--optimizeLevel", "3", "--noAssert", "--runtime", "stub"],
  ...["--enable", "simd", "--enable", "threads"],
  // Memory comes from outside, and threads share it.
  ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
];
const { status } = spawnSync(nodePath(), [compiler, "index.ts", "--outFile", to, ...options], {
  cwd: folder,
  stdio: "inherit",
});
process.exit(status ?? 1);

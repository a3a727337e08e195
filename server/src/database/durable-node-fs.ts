import { fdatasyncSync } from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** What PGlite's WASM module shows of its Node file system before it starts. */
interface ModuleWithNodeFs {
  readonly NODEFS: { readonly stream_ops: { fsync?: (stream: { readonly nfd: number }) => number } };
}

/**
 * PGlite's file system on a directory, with the fsync that it lacks: without it a commit is acknowledged
 * before its bytes are on the disk.
 */
export class DurableNodeFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const result = await super.init(pglite, options);
    const syncFiles = (module: unknown) => {
      (module as ModuleWithNodeFs).NODEFS.stream_ops.fsync = (stream) => {
        fdatasyncSync(stream.nfd);
        return 0;
      };
    };
    const preRun = [
      ...((result.emscriptenOpts.preRun as ((module: unknown) => void)[] | undefined) ?? []),
      syncFiles,
    ];
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun } as typeof result.emscriptenOpts };
  }
}

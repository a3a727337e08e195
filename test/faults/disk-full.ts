import { execFileSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system of its own that can be filled to its last byte, and emptied again. */
export interface SmallDisk {
  readonly path: string;
  fill(): void;
  makeRoom(): void;
  close(): void;
}

/** Answers undefined where this user may not mount one. */
export function mountSmallDisk(megabytes: number): SmallDisk | undefined {
  const path = mkdtempSync(join(tmpdir(), "corbenic-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", path], { stdio: "pipe" });
  } catch (error) {
    rmSync(path, { recursive: true });
    if (error instanceof Error && "status" in error) return undefined;
    throw error;
  }
  chmodSync(path, 0o777);
  const ballast = join(path, "ballast");
  mkdirSync(ballast);
  let files = 0;
  return {
    path,
    fill() {
      const chunk = Buffer.alloc(64 * 1024, 1);
      for (let size = chunk.length; size >= 512; size /= 2)
        fillWith(join(ballast, String(files++)), chunk, size);
    },
    makeRoom() {
      rmSync(ballast, { recursive: true });
      mkdirSync(ballast);
    },
    close() {
      execFileSync("umount", ["-l", path]);
      rmSync(path, { recursive: true });
    },
  };
}

/** Writes until there is no room for as much. */
function fillWith(path: string, chunk: Buffer, size: number): void {
  const file = openSync(path, "w");
  try {
    while (writeSync(file, chunk, 0, size) === size);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  } finally {
    closeSync(file);
  }
}

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSpool } from "../../worker/src/spool.ts";
import { mountSmallDisk } from "./disk-full.ts";

const disk = mountSmallDisk(1);

test.skipIf(disk === undefined)(
  "a spool on a full disk keeps nothing half, and goes on when there is room",
  () => {
    const warnings: string[] = [];
    const warn = (_detail: unknown, message: string) => void warnings.push(message);
    const log = { info: () => undefined, warn, error: () => undefined };
    const directory = join(disk!.path, "spool");
    const spool = openSpool(directory, log);
    const job = { job_id: "00000000-0000-4000-8000-000000000001", lease_token: "lease" };
    disk!.fill();
    expect(spool.keep(job, "x".repeat(100_000))).toBe(false);
    expect(warnings).toEqual(["the result cannot be kept on disk"]);
    expect(readdirSync(directory)).toEqual([]);
    expect(spool.list()).toEqual([]);
    disk!.makeRoom();
    expect(spool.keep(job, "x".repeat(100_000))).toBe(true);
    expect(spool.list()).toEqual([{ ...job, results: "x".repeat(100_000) }]);
    disk!.close();
  },
);

import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSpool } from "../src/spool.ts";
import { type Behaviour, jobNumber, problem, silent, startBench } from "./fake-cloud.ts";

describe("a result that the cloud does not hear of", () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "corbenic-spool-"));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const away: Behaviour = ({ verb }) => (verb === "fetch" ? undefined : "no answer");
  const results = '{"results":":PCVL:BSCount:{|1>:1}"}';

  /** A worker that finishes a job while the cloud is away, and is then gone. */
  async function finishUnheard() {
    const bench = startBench({ jobs: [jobNumber(1)], behaviour: away, spoolDirectory: directory });
    await bench.machine.advance(10);
    bench.runs[0]!.end({ kind: "completed", results });
    await bench.machine.advance(60_000);
    return bench;
  }

  test("is on the disk, for this user alone", async () => {
    const bench = await finishUnheard();
    const [file] = readdirSync(directory);
    expect(file).toBe(`${jobNumber(1).job_id}.json`);
    expect(statSync(join(directory, file!)).mode & 0o777).toBe(0o600);
    const stopped = bench.worker.stop();
    await bench.machine.advance(10_000);
    await stopped;
    expect(readdirSync(directory)).toEqual([file]);
  });

  test("is reported under its lease when the worker starts again, and then forgotten", async () => {
    await finishUnheard();
    const { machine, sent } = startBench({ spoolDirectory: directory });
    await machine.advance(10);
    expect(sent.find(({ verb }) => verb === "result")).toMatchObject({
      jobId: jobNumber(1).job_id,
      body: { lease_token: jobNumber(1).lease_token, results },
    });
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is forgotten when it no longer counts", async () => {
    await finishUnheard();
    const { machine } = startBench({
      spoolDirectory: directory,
      behaviour: ({ verb }) => (verb === "result" ? problem(409, "lease_lost") : undefined),
    });
    await machine.advance(10);
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is forgotten as soon as the cloud is back and hears it", async () => {
    let back = false;
    const bench = startBench({
      jobs: [jobNumber(1)],
      behaviour: (sent) => (back ? undefined : away(sent)),
      spoolDirectory: directory,
    });
    await bench.machine.advance(10);
    bench.runs[0]!.end({ kind: "completed", results });
    await bench.machine.advance(20_000);
    expect(readdirSync(directory)).toHaveLength(1);
    back = true;
    await bench.machine.advance(10_000);
    expect(bench.verbs()).toContain("result");
    expect(readdirSync(directory)).toEqual([]);
  });

  test("is not kept beyond the bounds of the spool", () => {
    const spool = openSpool(directory, silent, { resultsMax: 2, bytesMax: 400 });
    expect(spool.keep(jobNumber(1), "x".repeat(100))).toBe(true);
    expect(spool.keep(jobNumber(2), "x".repeat(200))).toBe(false);
    expect(spool.keep(jobNumber(2), "x")).toBe(true);
    expect(spool.keep(jobNumber(3), "x")).toBe(false);
    expect(spool.list().map(({ job_id }) => job_id)).toEqual([jobNumber(1).job_id, jobNumber(2).job_id]);
  });

  test("is skipped when its file is half written or not of ours", () => {
    writeFileSync(join(directory, "a.json.half"), "{");
    writeFileSync(join(directory, `${jobNumber(1).job_id}.json`), "{");
    const spool = openSpool(directory, silent);
    expect(spool.list()).toEqual([]);
    expect(readdirSync(directory)).not.toContain("a.json.half");
  });
});

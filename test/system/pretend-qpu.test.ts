import { call, getPlatform } from "@corbenic/protocol";
import { hongOuMandel, JobFailedError } from "@corbenic/sdk";
import { type RunningWorker, thisMachine } from "@corbenic/worker";
import { pretendQpuPlatform, startPretendQpu } from "@corbenic/worker/pretend-qpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const patient = { timeout: 30_000 };
const [calibrateEveryMs, calibrateMs, observeEveryMs] = [7_200_001, 60_001, 29];

/** A machine whose hours pass when the test lets them, and whose calibrations take until the test ends them. */
function createBench() {
  let passedMs = 0;
  let calibrated = Promise.withResolvers<void>();
  return {
    letPass(ms: number) {
      passedMs += ms;
    },
    endCalibration() {
      calibrated.resolve();
      calibrated = Promise.withResolvers<void>();
    },
    machine: {
      ...thisMachine,
      now: () => thisMachine.now() + passedMs,
      // The middle of what chance could be: the machine drifts as it does on average.
      random: () => 0.5,
      sleep: (ms: number, signal?: AbortSignal) =>
        ms === calibrateMs ? calibrated.promise : thisMachine.sleep(ms, signal),
    },
  };
}

describe("the pretend quantum processor at a cloud", () => {
  const bench = createBench();
  let lab: LabCloud;
  let worker: RunningWorker;
  beforeAll(async () => {
    lab = await startLabCloud({ ...pretendQpuPlatform, specs: { available_commands: [] } });
    worker = startPretendQpu({
      url: lab.url,
      key: lab.workerKey,
      log: silent,
      machine: bench.machine,
      settleMs: 1,
      calibrateEveryMs,
      calibrateMs,
      observeEveryMs,
    });
  });
  afterAll(async () => {
    bench.endCalibration();
    await worker.stop();
    await lab.stop();
  });

  const read = () =>
    call(
      getPlatform,
      { baseUrl: lab.url, token: lab.jobToken },
      { params: { name: pretendQpuPlatform.name } },
    );
  const transmittance = async () => Number((await read()).perfs["Transmittance (%)"]);

  test("says what it can do, and how it is", async () => {
    await expect.poll(transmittance, patient).toBeCloseTo(8, 1);
    const { specs, status, perfs } = await read();
    expect(specs).toEqual(pretendQpuPlatform.specs);
    expect(status).toBe("available");
    expect(perfs).toEqual({
      "Transmittance (%)": expect.closeTo(8, 1),
      "HOM (%)": expect.closeTo(92, 0),
      "g2 (%)": expect.closeTo(1.5, 1),
      "Clock (MHz)": 80,
    });
  });

  test("shows how it drifts, and is in maintenance while it is calibrated", async () => {
    bench.letPass(calibrateEveryMs - 60_000);
    await expect.poll(transmittance, patient).toBeLessThan(7.5);
    bench.letPass(120_000);
    // Whatever waits for a job takes one more before it looks at the clock.
    const measured = await lab.submit({ ...hongOuMandel, command: "sample_count", max_shots: 1_000 });
    await measured.wait();
    await expect.poll(async () => (await read()).status, patient).toBe("maintenance");
    bench.endCalibration();
    await expect.poll(async () => (await read()).status, patient).toBe("available");
    expect(await transmittance()).toBeCloseTo(8, 1);
  });

  test("measures with threshold detectors, and no more shots than it makes", async () => {
    const measured = await lab.submit({ ...hongOuMandel, command: "sample_count", max_shots: 10_000 });
    const { distribution } = await measured.wait();
    expect([...distribution.keys()].filter((state) => state.includes("2"))).toEqual([]);
    const tooMany = await lab.submit({ ...hongOuMandel, command: "sample_count", max_shots: 2_000_000 });
    const error = await tooMany.wait().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(JobFailedError);
    expect(String(error)).toContain("asks for 2000000 shots and this platform makes 1000000 at most");
  });
});

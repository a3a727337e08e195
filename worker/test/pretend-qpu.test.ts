import { decodeResult } from "@corbenic/photonics/perceval";
import type { LeasedJob } from "@corbenic/protocol";
import { afterEach, describe, expect, test } from "vitest";
import { type Calibration, createDriftingMachine, perfsOf } from "../src/pretend-qpu/calibration.ts";
import { createPretendQpu, qpuDefaults } from "../src/pretend-qpu/qpu.ts";
import type { Runner } from "../src/runner.ts";
import { jobNumber, silent } from "./fake-cloud.ts";
import { createVirtualMachine, type VirtualMachine } from "./virtual-machine.ts";

const hourMs = 3_600_000;
const noNetwork = () => Promise.reject(new Error("no network"));
const never = new AbortController().signal;

const payload = {
  command: "sample_count",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  max_shots: 100_000,
  job_context: null,
};

const runners: Runner[] = [];
afterEach(async () => {
  await Promise.all(runners.splice(0).map((runner) => runner.close()));
});

function qpu(machine: VirtualMachine) {
  const statuses: { status: string; calibration: Calibration }[] = [];
  const runner = createPretendQpu({
    ...qpuDefaults,
    machine,
    log: silent,
    onStatus: (status, calibration) => {
      if (statuses.at(-1)?.status !== status) statuses.push({ status, calibration });
    },
  });
  runners.push(runner);
  const heard: number[] = [];
  const run = (changes: object, signal = never) =>
    runner.run(jobNumber(1, { payload: { ...payload, ...changes } } as Partial<LeasedJob>), {
      signal,
      onProgress: (progress) => heard.push(progress),
    });
  return { runner, statuses, run, heard };
}

describe("the pretend quantum processor", () => {
  test("measures with threshold detectors and losses, and takes the time that its shots take", async () => {
    const machine = createVirtualMachine(noNetwork);
    const { run, heard } = qpu(machine);
    const outcome = run({});
    await machine.advance(1_500 + 1_900);
    expect(heard.at(-1)).toBeLessThan(1);
    await machine.advance(100);
    const ended = await outcome;
    expect(heard.at(-1)).toBe(1);
    expect(ended.kind).toBe("completed");
    const [only] = decodeResult(ended.kind === "completed" ? ended.results : "");
    // Two photons in one mode are one click, and most of the photons are lost.
    expect([...only!.states.keys()].sort()).toEqual(["|0,1>", "|1,0>", "|1,1>"]);
    const total = [...only!.states.values()].reduce((sum, count) => sum + count, 0);
    expect(total).toBe(100_000);
    expect(only!.states.get("|1,1>")! / total).toBeLessThan(0.01);
  });

  test("has no probabilities, and a bound on shots", async () => {
    const { run } = qpu(createVirtualMachine(noNetwork));
    for (const [changes, code, sentence] of [
      [{ command: "probs" }, "command_not_available", /has no probabilities: use sample_count/],
      [
        { max_shots: 2_000_000 },
        "platform_limit_exceeded",
        /asks for 2000000 shots and this platform makes 1000000 at most/,
      ],
      [
        { max_shots: undefined, max_samples: 10 },
        "platform_limit_exceeded",
        /must bound its shots: set max_shots/,
      ],
      [{ circuit: ":PCVL:ACircuit:AAAA" }, "invalid_payload", /circuit/],
    ] as const) {
      const outcome = await run(changes);
      expect(outcome).toMatchObject({ kind: "failed", code, retryable: false });
      expect(outcome.kind === "failed" && outcome.message).toMatch(sentence);
    }
  });

  test("stops in the middle of an acquisition", async () => {
    const machine = createVirtualMachine(noNetwork);
    const { run } = qpu(machine);
    const stop = new AbortController();
    const outcome = run({ max_shots: 1_000_000 }, stop.signal);
    await machine.advance(2_000);
    stop.abort();
    expect(["stopped", "completed"]).toContain((await outcome).kind);
  });

  test("takes itself out of service for a calibration, and is better afterwards", async () => {
    const machine = createVirtualMachine(noNetwork);
    const { runner, statuses } = qpu(machine);
    await runner.untilReady!(never);
    await machine.advance(2 * hourMs);
    const ready = runner.untilReady!(never);
    await machine.advance(60_000);
    await ready;
    expect(statuses.map(({ status }) => status)).toEqual(["available", "maintenance", "available"]);
    const [, worn, fresh] = statuses.map(({ calibration }) => calibration);
    expect(worn!.transmittance).toBeLessThan(fresh!.transmittance);
    expect(worn!.g2).toBeGreaterThan(fresh!.g2);
  });
});

describe("a drifting machine", () => {
  test("gets worse with time, within bounds, and says so in its perfs", async () => {
    const machine = createVirtualMachine(noNetwork);
    const optics = createDriftingMachine(machine);
    expect(perfsOf(optics.current())).toMatchObject({ "Transmittance (%)": 8, "HOM (%)": 92, "g2 (%)": 1.5 });
    for (let hour = 0; hour < 200; hour++) {
      await machine.advance(hourMs);
      const { transmittance, indistinguishability, g2 } = optics.current();
      expect(transmittance).toBeGreaterThan(0);
      expect(transmittance).toBeLessThanOrEqual(0.08);
      expect(indistinguishability).toBeLessThanOrEqual(0.92);
      expect(g2).toBeGreaterThanOrEqual(0.015);
      expect(g2).toBeLessThan(0.1);
    }
    expect(optics.current().transmittance).toBeLessThan(0.06);
  });
});

import { describe, expect, test } from "vitest";
import { jobNumber, problem, startBench } from "./fake-cloud.ts";

describe("the lease of a job that runs", () => {
  test("is renewed often enough that three renewals may fail", async () => {
    const { machine, sent } = startBench({ jobs: [jobNumber(1)] });
    await machine.advance(1_200_000);
    const beats = sent.filter(({ verb }) => verb === "heartbeat").map(({ at }) => at);
    const pauses = beats.slice(1).map((at, i) => at - beats[i]!);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000);
    expect(beats[0]).toBeLessThanOrEqual(1_000);
  });

  test("carries progress", async () => {
    const { machine, sent, runs } = startBench({ jobs: [jobNumber(1)] });
    await machine.advance(10);
    runs[0]!.onProgress(0.25, "layers");
    await machine.advanceUntil(() => sent.some(({ verb }) => verb === "heartbeat"));
    expect(sent.at(-1)?.body).toMatchObject({ progress: 0.25, progress_message: "layers" });
  });

  test("brings cancellation, which is acknowledged", async () => {
    const { machine, sent, runs } = startBench({
      jobs: [jobNumber(1)],
      behaviour: ({ verb }) =>
        verb === "heartbeat"
          ? { status: 200, body: { status: "cancel_requested", lease_ttl_s: 60, cancel: true } }
          : undefined,
    });
    await machine.advance(1_000);
    expect(runs[0]!.signal.aborted).toBe(true);
    expect(sent.find(({ verb }) => verb === "fail")?.body).toMatchObject({
      message: "Stopped on request.",
      retryable: false,
    });
  });

  for (const failure of ["no answer", "hangs"] as const) {
    test(`is taken as lost at three quarters of its time when renewals meet: ${failure}`, async () => {
      const { machine, runs, verbs } = startBench({
        jobs: [jobNumber(1)],
        behaviour: ({ verb }) => (verb === "heartbeat" ? failure : undefined),
      });
      await machine.advance(44_999);
      expect(runs[0]!.signal.aborted).toBe(false);
      await machine.advance(1);
      expect(runs[0]!.signal.aborted).toBe(true);
      await machine.advance(10_000);
      expect(verbs()).not.toContain("release");
      expect(verbs()).not.toContain("fail");
    });
  }

  test("that was taken away stops the run, and nothing is reported", async () => {
    const { machine, runs, verbs } = startBench({
      jobs: [jobNumber(1)],
      behaviour: ({ verb }) => (verb === "heartbeat" ? problem(409, "lease_lost") : undefined),
    });
    await machine.advance(5_000);
    expect(runs[0]!.signal.aborted).toBe(true);
    expect(verbs().filter((verb) => verb !== "fetch")).toEqual(["heartbeat"]);
  });

  test("ends with the time that the job may run", async () => {
    const { machine, sent } = startBench({ jobs: [jobNumber(1, { max_duration_s: 90 })] });
    await machine.advance(90_100);
    expect(sent.find(({ verb }) => verb === "fail")).toMatchObject({
      at: 90_000,
      body: { message: "It ran longer than the 90 seconds it may.", retryable: false },
    });
  });
});

import { describe, expect, test } from "vitest";
import { jobNumber, problem, startBench } from "./fake-cloud.ts";

const done = { kind: "completed", results: "{}" } as const;

describe("a worker", () => {
  test("runs as many jobs at once as it has slots", async () => {
    const jobs = [1, 2, 3].map((number) => jobNumber(number));
    const { machine, runs, verbs } = startBench({ jobs, slots: 2 });
    await machine.advance(100);
    expect(runs).toHaveLength(2);
    expect(verbs().filter((verb) => verb === "fetch")).toHaveLength(2);
    runs[0]!.end(done);
    await machine.advance(100);
    expect(runs).toHaveLength(3);
  });

  test("does not run together what does not fit into its memory together", async () => {
    const jobs = [1, 2, 3].map((number) => jobNumber(number));
    const { machine, runs, verbs } = startBench({ jobs, slots: 3, memoryBytesMax: 100, bytesOf: () => 60 });
    await machine.advance(100);
    expect(runs).toHaveLength(1);
    expect(verbs().filter((verb) => verb === "fetch")).toHaveLength(2);
    runs[0]!.end(done);
    await machine.advance(100);
    expect(runs).toHaveLength(2);
  });

  test("leaves a job that never fits to a larger worker, and says what it needs", async () => {
    const { machine, sent, runs } = startBench({
      jobs: [jobNumber(1)],
      memoryBytesMax: 2 ** 20,
      bytesOf: () => 2 ** 22,
    });
    await machine.advance(100);
    expect(runs).toHaveLength(0);
    expect(sent.find(({ verb }) => verb === "fail")?.body).toMatchObject({
      message: "The job needs about 4 MiB of memory and this worker has 1 MiB.",
      retryable: true,
    });
  });

  test("repeats a fetch whose answer was lost under the same id, and draws a new one after an answer", async () => {
    let fetches = 0;
    const { machine, sent } = startBench({
      jobs: [jobNumber(1), jobNumber(2)],
      slots: 3,
      behaviour: ({ verb }) => (verb === "fetch" && ++fetches <= 2 ? "no answer" : undefined),
    });
    await machine.advance(10_000);
    const ids = sent.filter(({ verb }) => verb === "fetch").map(({ body }) => body.fetch_id);
    expect(ids.slice(0, 3)).toEqual([ids[0], ids[0], ids[0]]);
    expect(new Set(ids.slice(2)).size).toBe(3);
  });

  test("asks a cloud that is away ever more rarely, never at a fixed beat", async () => {
    const { machine, sent } = startBench({ behaviour: () => "no answer" });
    await machine.advance(600_000);
    const pauses = sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
    expect(pauses.every((ms) => ms <= 15_000)).toBe(true);
    expect(Math.max(...pauses.slice(0, 3))).toBeLessThanOrEqual(2_000);
    expect(new Set(pauses.map(Math.round)).size).toBeGreaterThan(pauses.length * 0.9);
    expect(pauses.length).toBeLessThan(200);
  });

  test("comes back no earlier than a busy cloud says", async () => {
    const { machine, sent } = startBench({ behaviour: () => problem(429, "busy", { retry_after_s: 7 }) });
    await machine.advance(30_000);
    const pauses = sent.slice(1).map(({ at }, i) => at - sent[i]!.at);
    expect(pauses.length).toBeGreaterThan(1);
    expect(pauses.every((ms) => ms >= 7_000)).toBe(true);
  });

  test("ends when the cloud does not know its key, and says so", async () => {
    const { machine, worker, sent } = startBench({ behaviour: () => problem(401, "not_authenticated") });
    await machine.advance(1_000);
    expect(await worker.ended).toMatchObject({ code: "not_authenticated" });
    expect(sent).toHaveLength(1);
  });
});

describe("a worker that is told to stop", () => {
  test("finishes what it runs within the grace, and takes nothing more", async () => {
    const { machine, worker, runs, sent } = startBench({ jobs: [jobNumber(1), jobNumber(2)] });
    await machine.advance(100);
    const stopped = worker.stop(30_000);
    await machine.advance(5_000);
    runs[0]!.end(done);
    await machine.advance(100);
    await stopped;
    expect(sent.map(({ verb }) => verb).filter((verb) => verb !== "heartbeat")).toEqual(["fetch", "result"]);
  });

  test("hands back what takes longer than the grace", async () => {
    const { machine, worker, sent } = startBench({ jobs: [jobNumber(1)] });
    await machine.advance(100);
    const stopped = worker.stop(30_000);
    await machine.advance(30_100);
    await stopped;
    expect(sent.at(-1)?.verb).toBe("release");
  });

  test("gives up handing back to a cloud that is away", async () => {
    const { machine, worker } = startBench({
      jobs: [jobNumber(1)],
      behaviour: ({ verb }) => (verb === "release" ? "no answer" : undefined),
    });
    await machine.advance(100);
    const stopped = worker.stop();
    await machine.advance(20_000);
    await stopped;
    expect(machine.now()).toBeLessThanOrEqual(20_100);
  });
});

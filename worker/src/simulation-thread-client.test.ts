import { afterAll, describe, expect, test } from "vitest";
import { createSimulationThread } from "./simulation-thread-client.ts";

const hongOuMandel = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
};
const never = new AbortController().signal;
const ignore = () => undefined;

describe("the simulation thread", () => {
  const thread = createSimulationThread();
  afterAll(() => thread.close());

  test("computes a payload to the string that clients parse", async () => {
    const outcome = await thread.run(hongOuMandel, { signal: never, onProgress: ignore });
    expect(outcome.kind).toBe("completed");
    const parsed = JSON.parse(outcome.kind === "completed" ? outcome.results : "{}");
    expect(parsed.results).toMatch(/^:PCVL:BSDistribution:\{\|2,0>=0\.5\d*;\|0,2>=0\.5\d*\}$/);
    expect(parsed).not.toHaveProperty("job_context");
  });

  test("says why a payload cannot be computed, and that another try would not help", async () => {
    const mismatch = { ...hongOuMandel, input_state: ":PCVL:BasicState:|1,1,1>" };
    const outcome = await thread.run(mismatch, { signal: never, onProgress: ignore });
    expect(outcome).toMatchObject({ kind: "failed", retryable: false });
    expect(outcome.kind === "failed" && outcome.message).toContain("3 modes and the circuit 2");
  });

  test("stops on request, and computes the next job", async () => {
    const stopped = await thread.run(hongOuMandel, { signal: AbortSignal.abort(), onProgress: ignore });
    expect(stopped).toEqual({ kind: "stopped" });
    const next = await thread.run(hongOuMandel, { signal: never, onProgress: ignore });
    expect(next.kind).toBe("completed");
  });

  test("hands on what a stopped iterator had finished", async () => {
    const steps = 2_000;
    const iterator = Array.from({ length: steps }, () => ({ max_samples: 20_000 }));
    const stop = new AbortController();
    const outcome = await thread.run(
      { ...hongOuMandel, command: "sample_count", iterator },
      { signal: stop.signal, onProgress: (progress) => progress > 0.01 && stop.abort() },
    );
    expect(outcome.kind).toBe("stopped");
    const { results_list } = JSON.parse((outcome.kind === "stopped" && outcome.partial) || "{}");
    expect(results_list.length).toBeGreaterThan(0);
    expect(results_list.length).toBeLessThan(steps);
    expect(results_list[0]).toMatchObject({ iteration: { max_samples: 20_000 } });
  });

  test("hands on what an iterator had finished before the step that cannot be computed", async () => {
    const iterator = [{ max_samples: 10 }, { max_samples: 20 }, { input_state: ":PCVL:BasicState:|1,1,1>" }];
    const payload = { ...hongOuMandel, command: "sample_count", max_samples: 10, iterator };
    const outcome = await thread.run(payload, { signal: never, onProgress: ignore });
    expect(outcome).toMatchObject({ kind: "failed", retryable: false });
    const { results_list } = JSON.parse((outcome.kind === "failed" && outcome.partial) || "{}");
    expect(results_list).toMatchObject([
      { iteration: { max_samples: 10 } },
      { iteration: { max_samples: 20 } },
    ]);
  });

  test("tells progress that ends at one", async () => {
    const heard: number[] = [];
    await thread.run(hongOuMandel, { signal: never, onProgress: (progress) => heard.push(progress) });
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });
});

describe("a simulation thread with little memory", () => {
  test("gives up a job that needs more", async () => {
    const thread = createSimulationThread({
      memoryBytesMax: 64 * 2 ** 20,
      script: new URL("../test/greedy-thread.ts", import.meta.url),
    });
    const outcome = await thread.run(hongOuMandel, { signal: never, onProgress: ignore });
    expect(outcome).toEqual({
      kind: "failed",
      message: "The job needs more memory than one job may take on its worker.",
      retryable: false,
    });
    await thread.close();
  });
});

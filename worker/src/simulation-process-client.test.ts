import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beamSplitter, circuit, experiment, job } from "@corbenic/photonics/model";
import { encodePayload } from "@corbenic/photonics/perceval";
import { afterAll, describe, expect, test } from "vitest";
import { createSimulationProcess } from "./simulation-process-client.ts";

const hongOuMandel = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  job_context: null,
};

/** All probabilities of an interferometer that leads every photon everywhere: 1.35 million for 12 photons. */
function photonsInAsManyModes(photons: number): Record<string, unknown> {
  const interferometer = circuit(photons);
  for (let layer = 0; layer < photons; layer++)
    for (let mode = layer % 2; mode + 1 < photons; mode += 2) interferometer.add(mode, beamSplitter());
  const input = Array.from({ length: photons }, () => 1);
  return encodePayload(job("probs", experiment(interferometer, { input })));
}

const never = new AbortController().signal;
const ignore = () => undefined;

describe("the simulation process", () => {
  const simulation = createSimulationProcess();
  afterAll(() => simulation.close());

  test("computes a payload to the string that clients parse", async () => {
    const outcome = await simulation.run(hongOuMandel, { signal: never, onProgress: ignore });
    expect(outcome.kind).toBe("completed");
    const parsed = JSON.parse(outcome.kind === "completed" ? outcome.results : "{}");
    expect(parsed.results).toMatch(/^:PCVL:BSDistribution:\{\|2,0>=0\.5\d*;\|0,2>=0\.5\d*\}$/);
    expect(parsed).not.toHaveProperty("job_context");
  });

  test("measures how fast it computes, and goes on with jobs", async () => {
    const [speed, outcome] = await Promise.all([
      simulation.measure(),
      simulation.run(hongOuMandel, { signal: never, onProgress: ignore }),
    ]);
    expect(speed?.secondsPerAmplitudeStep).toBeGreaterThan(0);
    expect(outcome.kind).toBe("completed");
  });

  test("says why a payload cannot be computed, and that another try would not help", async () => {
    const mismatch = { ...hongOuMandel, input_state: ":PCVL:BasicState:|1,1,1>" };
    const outcome = await simulation.run(mismatch, { signal: never, onProgress: ignore });
    expect(outcome).toMatchObject({ kind: "failed", retryable: false });
    expect(outcome.kind === "failed" && outcome.message).toContain("3 modes and the circuit 2");
  });

  test("stops on request, and computes the next job", async () => {
    const stopped = await simulation.run(hongOuMandel, { signal: AbortSignal.abort(), onProgress: ignore });
    expect(stopped).toEqual({ kind: "stopped" });
    const next = await simulation.run(hongOuMandel, { signal: never, onProgress: ignore });
    expect(next.kind).toBe("completed");
  });

  test("hands on what a stopped iterator had finished", async () => {
    const steps = 2_000;
    const iterator = Array.from({ length: steps }, () => ({ max_samples: 20_000 }));
    const stop = new AbortController();
    const outcome = await simulation.run(
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
    const outcome = await simulation.run(payload, { signal: never, onProgress: ignore });
    expect(outcome).toMatchObject({ kind: "failed", code: "input_modes", retryable: false });
    const { results_list } = JSON.parse((outcome.kind === "failed" && outcome.partial) || "{}");
    expect(results_list).toMatchObject([
      { iteration: { max_samples: 10 } },
      { iteration: { max_samples: 20 } },
    ]);
  });

  test("tells progress that ends at one", async () => {
    const heard: number[] = [];
    await simulation.run(hongOuMandel, { signal: never, onProgress: (progress) => heard.push(progress) });
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1);
  });
});

describe("a simulation process with little memory", () => {
  const little = { memoryBytesMax: 64 * 2 ** 20 };
  const tooLarge = {
    kind: "failed",
    message: "The job needs more memory than one job may take on its worker.",
    code: "out_of_memory",
    retryable: false,
  };
  const scriptOf = (name: string) => new URL(`../test/${name}`, import.meta.url);

  test("gives up a job whose result needs more, and computes the next one", async () => {
    const simulation = createSimulationProcess(little);
    expect(await simulation.run(photonsInAsManyModes(12), { signal: never, onProgress: ignore })).toEqual(
      tooLarge,
    );
    expect((await simulation.run(hongOuMandel, { signal: never, onProgress: ignore })).kind).toBe(
      "completed",
    );
    await simulation.close();
  });

  test("gives up a job that takes more, little by little", async () => {
    const simulation = createSimulationProcess({ ...little, script: scriptOf("greedy-thread.ts") });
    expect(await simulation.run(hongOuMandel, { signal: never, onProgress: ignore })).toEqual(tooLarge);
    await simulation.close();
  });

  test("dies of one huge allocation, and keeps what the job had finished", async () => {
    const script = scriptOf("huge-thread.ts");
    const simulation = createSimulationProcess({ ...little, script, stopGraceMs: 60_000 });
    const stop = new AbortController();
    const outcome = await simulation.run(
      { whenStopped: true },
      { signal: stop.signal, onProgress: () => stop.abort() },
    );
    expect(outcome).toEqual({ ...tooLarge, partial: '{"results_list":[{"step":1}],"seed":7}' });
    const again = await simulation.run({}, { signal: never, onProgress: ignore });
    expect(again).toMatchObject(tooLarge);
    await simulation.close();
  });
});

test("a simulation process that is killed ends its job for another attempt, and the next one is computed", async () => {
  const simulation = createSimulationProcess({
    script: new URL("../test/killed-thread.ts", import.meta.url),
  });
  const run = (payload: Record<string, unknown>) =>
    simulation.run(payload, { signal: never, onProgress: ignore });
  expect(await run({ kill: true })).toEqual({
    kind: "failed",
    message: "The simulation broke: its process was killed, perhaps because the machine had no memory left.",
    code: "simulation_broke",
    retryable: true,
  });
  expect(await run({ kill: false })).toMatchObject({ kind: "completed" });
  await simulation.close();
});

test("a simulation process ends when its worker is killed", async () => {
  const script = fileURLToPath(new URL("../test/mortal-worker.ts", import.meta.url));
  const worker = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: worker.stdout }), "line")) as [string];
  const pid = Number(line);
  expect(process.kill(pid, 0)).toBe(true);
  const score = `/proc/${pid}/oom_score_adj`;
  if (existsSync(score)) expect(readFileSync(score, "utf8").trim()).toBe("1000");
  worker.kill("SIGKILL");
  await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

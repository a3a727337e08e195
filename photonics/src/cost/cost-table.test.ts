import { describe, expect, test } from "vitest";
import {
  beamSplitter,
  type Detector,
  type Experiment,
  type NoiseModel,
  noNoise,
  type PhotonicJob,
  thresholdDetector,
} from "../model/index.ts";
import { admit, DEFAULT_COST_LIMITS } from "./admission.ts";
import { DEFAULT_SPEED, type EngineSpeed } from "./engine-speed.ts";
import { estimateJob } from "./job-estimate.ts";
import { quantity } from "./magnitude.ts";

interface Row {
  readonly photons: number;
  readonly modes: number;
  readonly command: PhotonicJob["command"];
  readonly noise: keyof typeof NOISES;
  readonly detector: "pnr" | "threshold";
}

const NOISES = {
  ideal: noNoise,
  lossy: { ...noNoise, transmittance: 0.5 },
  partial: { ...noNoise, indistinguishability: 0.9 },
  pairs: { ...noNoise, g2: 0.02, indistinguishability: 0.9, transmittance: 0.5 },
} satisfies Record<string, NoiseModel>;

/** (photons, modes) from a beam splitter to far beyond any computer. */
const SIZES = [
  [1, 2],
  [2, 2],
  [4, 8],
  [6, 12],
  [8, 16],
  [10, 20],
  [12, 24],
  [20, 20],
  [30, 100],
  [200, 1000],
] as const;

const TABLE: Row[] = SIZES.flatMap(([photons, modes]) =>
  (["ideal", "lossy", "partial", "pairs"] as const).flatMap((noise) =>
    (["pnr", "threshold"] as const).flatMap((detector) =>
      (["probs", "sample_count", "samples"] as const).map((command) => ({
        photons,
        modes,
        command,
        noise,
        detector,
      })),
    ),
  ),
);

function job(row: Row): PhotonicJob {
  const state = Array.from({ length: row.modes }, (_, mode) => (mode < row.photons ? 1 : 0));
  const detectors = new Map<number, Detector>();
  if (row.detector === "threshold")
    for (let mode = 0; mode < row.modes; mode++) detectors.set(mode, thresholdDetector);
  const experiment: Experiment = {
    kind: "experiment",
    name: "",
    modes: row.modes,
    // Light may go from each mode to all others.
    components: Array.from({ length: row.modes - 1 }, (_, mode) => ({ mode, component: beamSplitter() })),
    input: { kind: "fock", state },
    inputPorts: new Map(),
    outputPorts: new Map(),
    detectors,
    noise: NOISES[row.noise],
    minDetectedPhotons: 0,
  };
  return {
    command: row.command,
    experiment,
    thresholded: false,
    minClickedModes: 0,
    maxSamples: 10_000,
    iterations: [],
  };
}

/** An engine that cannot draw events without computing every probability. */
const STRONG_ONLY: EngineSpeed = { ...DEFAULT_SPEED, secondsPerSampleStep: Number.POSITIVE_INFINITY };

describe(`cost of ${TABLE.length} jobs`, () => {
  test("is finite for every one of them", () => {
    for (const row of TABLE) {
      const { states, resultBytes, memoryBytes, seconds } = estimateJob(job(row));
      for (const each of [states, resultBytes, memoryBytes, seconds])
        expect(Number.isFinite(each)).toBe(true);
    }
  });

  test("does not fall with photons and modes where all states are computed", () => {
    const wide = (row: Row) => `${row.command} ${row.noise} ${row.detector}`;
    const byKind = Map.groupBy(TABLE, wide);
    for (const rows of byKind.values()) {
      const seconds = rows.map((row) => estimateJob(job(row), STRONG_ONLY).seconds);
      expect(seconds).toEqual([...seconds].sort((a, b) => a - b));
    }
  });

  test("of an exact distribution is not lower with noise than without", () => {
    for (const row of TABLE.filter(({ command }) => command === "probs")) {
      const ideal = estimateJob(job({ ...row, noise: "ideal" }));
      expect(estimateJob(job(row)).seconds).toBeGreaterThanOrEqual(ideal.seconds);
    }
  });

  test("has the columns of the tables below", () => {
    expect(COLUMNS.join("\n")).toMatchInlineSnapshot(`
      "ideal pnr probs
      ideal pnr sample_count
      ideal pnr samples
      ideal threshold probs
      ideal threshold sample_count
      ideal threshold samples
      lossy pnr probs
      lossy pnr sample_count
      lossy pnr samples
      lossy threshold probs
      lossy threshold sample_count
      lossy threshold samples
      partial pnr probs
      partial pnr sample_count
      partial pnr samples
      partial threshold probs
      partial threshold sample_count
      partial threshold samples
      pairs pnr probs
      pairs pnr sample_count
      pairs pnr samples
      pairs threshold probs
      pairs threshold sample_count
      pairs threshold samples"
    `);
  });

  test("admits and refuses for the simulator as it is as a table says", () => {
    expect(tableOf(STRONG_ONLY)).toMatchInlineSnapshot(`
      "n1 m2       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n2 m2       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n4 m8       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n6 m12      ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     result ok     ok     ok     ok     ok
      n8 m16      ok     ok     ok     ok     ok     ok     result ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     result memory memory memory memory memory
      n10 m20     result states states result states states result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory
      n12 m24     result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory
      n20 m20     result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory
      n30 m100    result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory
      n200 m1000  result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory"
    `);
  });

  test("admits more for an engine that samples by permanents, as a table says", () => {
    expect(tableOf(DEFAULT_SPEED)).toMatchInlineSnapshot(`
      "n1 m2       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n2 m2       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n4 m8       ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok
      n6 m12      ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     result ok     ok     ok     ok     ok
      n8 m16      ok     ok     ok     ok     ok     ok     result ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     ok     result ok     ok     memory ok     ok
      n10 m20     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok
      n12 m24     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok
      n20 m20     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok     result ok     ok
      n30 m100    result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory
      n200 m1000  result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory result memory memory"
    `);
  });
});

const COLUMNS = [...new Set(TABLE.map(columnOf))];

function tableOf(speed: EngineSpeed): string {
  const lines = SIZES.map(([photons, modes]) => {
    const rows = TABLE.filter((row) => row.photons === photons && row.modes === modes);
    const verdicts = COLUMNS.map((column) =>
      verdictOf(job(rows.find((row) => columnOf(row) === column)!), speed),
    );
    return `${`n${photons} m${modes}`.padEnd(11)} ${verdicts.map((verdict) => verdict.padEnd(6)).join(" ")}`.trim();
  });
  return lines.join("\n");
}

function columnOf({ noise, detector, command }: Row): string {
  return `${noise} ${detector} ${command}`;
}

const WORDS = {
  too_many_states: "states",
  result_too_large: "result",
  memory_too_large: "memory",
  time_too_long: "time",
} as const;

function verdictOf(of: PhotonicJob, speed: EngineSpeed = DEFAULT_SPEED): string {
  const verdict = admit(of, DEFAULT_COST_LIMITS, speed);
  return verdict.admitted ? "ok" : WORDS[verdict.code];
}

describe("states", () => {
  const ideal = { command: "probs", noise: "ideal", detector: "pnr" } as const;
  test.each([
    { photons: 6, modes: 12, states: 12_376 },
    { photons: 8, modes: 16, states: 490_314 },
    { photons: 10, modes: 20, states: 20_030_010 },
  ])("of $photons photons in $modes modes are $states", ({ photons, modes, states }) => {
    expect(quantity(estimateJob(job({ ...ideal, photons, modes })).states)).toBe(states);
  });

  test("under threshold detection are subsets of modes, of which some detector tells", () => {
    const { states } = estimateJob(job({ ...ideal, photons: 2, modes: 4, detector: "threshold" }));
    expect(quantity(states)).toBe(4 + 6);
  });
});

describe("a refusal", () => {
  const large = job({ photons: 10, modes: 20, command: "probs", noise: "ideal", detector: "pnr" });
  const reason =
    "The job is refused because its result is estimated at 1.21 GiB (2.0e7 output states) and the limit is 32 MiB. ";

  test("names estimate, limit and what would fit", () => {
    const verdict = admit(large, DEFAULT_COST_LIMITS, STRONG_ONLY);
    if (verdict.admitted) throw new Error("20 million states were admitted");
    expect(verdict.message).toBe(`${reason}What would fit: an input of at most 6 of the 10 photons.`);
  });

  test("proposes counts where an engine can sample", () => {
    const verdict = admit(large);
    if (verdict.admitted) throw new Error("20 million states were admitted");
    expect(verdict.message).toBe(
      `${reason}What would fit: the command sample_count with max_samples of 100000.`,
    );
  });

  test("proposes fewer iterations when one fits", () => {
    const one = job({ photons: 6, modes: 12, command: "probs", noise: "ideal", detector: "pnr" });
    const step = { circuitParameters: new Map<string, number>(), sent: {} };
    const verdict = admit({ ...one, iterations: Array.from({ length: 500 }, () => step) });
    if (verdict.admitted) throw new Error("500 results of 0.6 MB were admitted");
    expect(verdict.nearest).toMatch(/^jobs of at most \d+ of the 500 iterations each$/);
  });

  test("proposes fewer photons when samples are too many to carry", () => {
    const verdict = admit(
      job({ photons: 200, modes: 1000, command: "samples", noise: "ideal", detector: "pnr" }),
    );
    if (verdict.admitted) throw new Error("200 photons were admitted");
    expect(verdict.nearest).toMatch(/^an input of at most \d+ of the 200 photons$/);
  });
});

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  beamSplitter,
  circuit,
  experiment,
  job,
  parseFockState,
  phaseShifter,
  thresholdDetector,
} from "@corbenic/photonics/model";
import { encodePayload } from "@corbenic/photonics/perceval";

export type Payload = Readonly<Record<string, unknown>>;

const vectors = resolve(import.meta.dirname, "../../photonics/fixtures/vectors/1.1.1");

/** What a real client has sent. */
export function recordedPayload(name: string): Payload {
  const { request } = JSON.parse(readFileSync(resolve(vectors, `${name}.json`), "utf8")) as {
    request: { payload: Payload };
  };
  return request.payload;
}

/** Two photons in an interferometer whose phase goes once around, in so many steps. */
export function phaseSweep(steps: number): Payload {
  const interferometer = circuit(2).add(0, beamSplitter()).add(1, phaseShifter("phi")).add(0, beamSplitter());
  return encodePayload(
    job("probs", experiment(interferometer, { name: "interferometer", input: stateOf([1, 1]) }), {
      iterations: Array.from({ length: steps }, (_, i) => ({
        circuitParameters: new Map([["phi", (2 * Math.PI * i) / (steps - 1)]]),
      })),
    }),
  );
}

/** Two photons in an interferometer, over so many values of its first splitting and of its phase. */
export function crossedSweep(steps: number): Payload {
  const interferometer = circuit(2)
    .add(0, beamSplitter("theta"))
    .add(1, phaseShifter("phi"))
    .add(0, beamSplitter());
  const values = Array.from({ length: steps }, (_, i) => (Math.PI * i) / (steps - 1));
  return encodePayload(
    job("probs", experiment(interferometer, { name: "interferometer", input: stateOf([1, 1]) }), {
      iterations: values.flatMap((theta) =>
        values.map((value) => ({
          circuitParameters: new Map([
            ["theta", theta],
            ["phi", 2 * value],
          ]),
        })),
      ),
    }),
  );
}

interface MeshOptions {
  readonly command?: "probs" | "sample_count" | "samples";
  readonly layers?: number;
  readonly samples?: number;
  readonly heralds?: ReadonlyMap<number, number>;
  readonly noisy?: boolean;
  readonly thresholds?: boolean;
}

/** Photons that meet in layers of beam splitters, each angle another. */
export function mesh(input: readonly number[], options: MeshOptions = {}): Payload {
  const { command = "probs", layers = input.length, samples = 2_000, heralds, noisy, thresholds } = options;
  const modes = input.length;
  const built = circuit(modes, "mesh");
  for (let layer = 0; layer < layers; layer++) {
    for (let mode = layer % 2; mode + 1 < modes; mode += 2) {
      built.add(mode, phaseShifter(Number((((layer * 7 + mode * 3) % 32) / 5).toFixed(2))));
      built.add(mode, beamSplitter(Number((0.6 + (((layer * 5 + mode * 11) % 17) / 17) * 1.6).toFixed(3))));
    }
  }
  const setup = experiment(built, {
    name: "mesh",
    input: stateOf(input.filter((_, mode) => heralds?.has(mode) !== true)),
    ...(heralds === undefined ? {} : { heralds }),
    ...(noisy
      ? { noise: { brightness: 0.4, indistinguishability: 0.92, g2: 0.015, transmittance: 0.6 } }
      : {}),
    ...(thresholds ? { detectors: thresholdDetector } : {}),
    minDetectedPhotons: noisy ? input.reduce((sum, photons) => sum + photons, 0) : 1,
  });
  return encodePayload(
    job(command, setup, command === "probs" ? {} : { maxSamples: samples, maxShots: 1_000_000, seed: 7 }),
  );
}

/** A heralded circuit of 24 modes, as wide as drawings get. */
export function wideHeraldedMesh(): Payload {
  const input = Array.from({ length: 24 }, (_, mode) => (mode % 6 === 1 ? 1 : 0));
  const heralds = new Map([
    [1, 1],
    [12, 0],
    [22, 0],
  ]);
  return mesh(input, { command: "sample_count", layers: 6, samples: 4_000, heralds });
}

function stateOf(counts: readonly number[]) {
  return parseFockState(`|${counts.join(",")}>`);
}

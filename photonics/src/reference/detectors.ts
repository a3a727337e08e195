import type { Detector } from "../model/index.ts";
import { addTo, type Probabilities, stateOf } from "./states.ts";

/** Every way in which photons can fall on places, each independently. */
function fallings(photons: number, places: readonly number[]): { probability: number; at: number[] }[] {
  if (photons === 0) return [{ probability: 1, at: [] }];
  return fallings(photons - 1, places).flatMap(({ probability, at }) =>
    places.map((p, place) => ({ probability: probability * p, at: [...at, place] })),
  );
}

/** The probability of each count, by listing where each photon may fall; the last place absorbs nothing. */
export function detectorCounts(detector: Detector, photons: number): number[] {
  if (detector.kind === "wires" && detector.wires === undefined) return withoutWires(detector, photons);
  const places = placesOf(detector);
  const most = detector.kind === "wires" ? (detector.maxDetections ?? photons) : photons;
  const counts = new Array<number>(photons + 1).fill(0);
  for (const { probability, at } of fallings(photons, [...places, 1 - places.reduce((a, b) => a + b, 0)])) {
    const hit = new Set(at.filter((place) => place < places.length)).size;
    counts[Math.min(hit, most)]! += probability;
  }
  return counts;
}

/** Wires absorb alike; leaves of layers are reached by going straight or turning at each layer. */
function placesOf(detector: Detector): number[] {
  if (detector.kind === "wires")
    return Array.from({ length: detector.wires! }, () => detector.efficiency / detector.wires!);
  const { layers, reflectivity } = detector;
  return Array.from({ length: 2 ** layers }, (_, leaf) => {
    const straight = [...leaf.toString(2)].filter((bit) => bit === "1").length;
    return reflectivity ** straight * (1 - reflectivity) ** (layers - straight);
  });
}

function withoutWires(
  { efficiency, maxDetections }: Detector & { kind: "wires" },
  photons: number,
): number[] {
  const counts = new Array<number>(photons + 1).fill(0);
  for (const { probability, at } of fallings(photons, [efficiency, 1 - efficiency])) {
    const seen = at.filter((place) => place === 0).length;
    counts[Math.min(seen, maxDetections ?? photons)]! += probability;
  }
  return counts;
}

/** What detectors tell of a distribution, state by state and mode by mode. */
export function detected(output: Probabilities, detectors: ReadonlyMap<number, Detector>): Probabilities {
  const result: Probabilities = new Map();
  const tell = (state: number[], told: number[], probability: number) => {
    const mode = told.length;
    if (mode === state.length) {
      addTo(result, told, probability);
      return;
    }
    const detector = detectors.get(mode);
    if (detector === undefined) tell(state, [...told, state[mode]!], probability);
    else {
      for (const [count, p] of detectorCounts(detector, state[mode]!).entries())
        if (p > 0) tell(state, [...told, count], probability * p);
    }
  };
  for (const [key, probability] of output) tell(stateOf(key), [], probability);
  return result;
}

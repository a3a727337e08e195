import { type Detector, resolvesPhotonNumber } from "../model/index.ts";
import { add, type Distribution, mapStates } from "./distribution.ts";

/** The probability of each count that a detector tells when a number of photons hits it. */
export function detect(detector: Detector, photons: number): readonly number[] {
  if (detector.kind === "layers")
    return clicksOf(leafProbabilities(detector.layers, detector.reflectivity), photons);
  const { wires, maxDetections, efficiency } = detector;
  const counts = wires === undefined ? binomial(photons, efficiency) : wiresHit(wires, efficiency, photons);
  const most = Math.min(maxDetections ?? photons, photons);
  const told = counts.slice(0, most + 1);
  for (const probability of counts.slice(most + 1)) told[most]! += probability;
  return told;
}

function binomial(trials: number, success: number): number[] {
  let counts = [1];
  for (let trial = 0; trial < trials; trial++) {
    counts = Array.from(
      { length: counts.length + 1 },
      (_, k) => (counts[k] ?? 0) * (1 - success) + (counts[k - 1] ?? 0) * success,
    );
  }
  return counts;
}

/** Each photon hits one of the wires and is absorbed with the efficiency; a wire counts once. */
function wiresHit(wires: number, efficiency: number, photons: number): number[] {
  let counts = [1];
  for (let photon = 0; photon < photons; photon++) {
    counts = Array.from({ length: counts.length + 1 }, (_, k) => {
      const another = ((wires - k + 1) / wires) * efficiency;
      const same = (k / wires) * efficiency + 1 - efficiency;
      return (counts[k] ?? 0) * same + (k > 0 ? counts[k - 1]! * Math.max(0, another) : 0);
    });
  }
  return counts;
}

/** Where a photon ends that passes layers of beam splitters, each of which sends it on with its reflectivity or turns it. */
function leafProbabilities(layers: number, reflectivity: number): number[] {
  let leaves = [1];
  for (let layer = 0; layer < layers; layer++) {
    leaves = leaves.flatMap((p) => [p * reflectivity, p * (1 - reflectivity)]);
  }
  return leaves;
}

/** How many of the leaves click when photons fall on them one by one. */
function clicksOf(leaves: readonly number[], photons: number): number[] {
  let byLeaves = new Map<bigint, number>([[0n, 1]]);
  for (let photon = 0; photon < photons; photon++) {
    const next = new Map<bigint, number>();
    for (const [hit, probability] of byLeaves) {
      for (const [leaf, p] of leaves.entries()) {
        if (p === 0) continue;
        const key = hit | (1n << BigInt(leaf));
        next.set(key, (next.get(key) ?? 0) + probability * p);
      }
    }
    byLeaves = next;
  }
  const clicks = new Array<number>(Math.min(photons, leaves.length) + 1).fill(0);
  for (const [hit, probability] of byLeaves) clicks[bitsOf(hit)]! += probability;
  return clicks;
}

function bitsOf(set: bigint): number {
  let bits = 0;
  for (let rest = set; rest > 0n; rest >>= 1n) if (rest & 1n) bits += 1;
  return bits;
}

/** What the detectors tell of a distribution of photons. Modes without one resolve photon numbers. */
export function detectAll(
  distribution: Distribution,
  detectors: ReadonlyMap<number, Detector>,
): Distribution {
  let result = distribution;
  for (const [mode, detector] of detectors) {
    if (resolvesPhotonNumber(detector)) continue;
    const told: (readonly number[])[] = [];
    const next: Distribution = new Map();
    for (const [key, probability] of result) {
      const photons = key.charCodeAt(mode);
      told[photons] ??= detect(detector, photons);
      for (const [count, p] of told[photons].entries()) {
        if (p > 0)
          add(next, key.slice(0, mode) + String.fromCharCode(count) + key.slice(mode + 1), probability * p);
      }
    }
    result = next;
  }
  return result;
}

/** Every mode with photons counts as one. */
export function threshold(distribution: Distribution): Distribution {
  return mapStates(distribution, (key) => key.replace(/[^\0]/g, "\u0001"));
}

import type { Detector } from "../model/index.ts";

/** The probability of each count that a detector tells when a number of photons hits it. */
export function detectorResponse(detector: Detector, photons: number): readonly number[] {
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

/**
 * How many of the leaves click when photons fall on them one by one. Leaf by leaf, `ways[n][k]` is the probability,
 * divided by n!, that n photons have fallen on the leaves so far and hit k of them: ∏ᵢ (1 + y·(e^(pᵢ·x) − 1)).
 */
function clicksOf(leaves: readonly number[], photons: number): number[] {
  let ways = Array.from({ length: photons + 1 }, (_, n) => [n === 0 ? 1 : 0]);
  for (const p of leaves) {
    if (p === 0) continue;
    ways = ways.map((row, n) => {
      const next = [...row, 0];
      for (let more = 1, weight = p; more <= n; more++, weight *= p / more) {
        for (const [k, before] of ways[n - more]!.entries()) next[k + 1]! += before * weight;
      }
      return next;
    });
  }
  let factorial = 1;
  for (let n = 2; n <= photons; n++) factorial *= n;
  const most = Math.min(photons, leaves.length);
  return Array.from({ length: most + 1 }, (_, k) => factorial * (ways[photons]![k] ?? 0));
}

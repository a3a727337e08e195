import { type Detector, resolvesPhotonNumber } from "../model/index.ts";
import { detectorResponse } from "./detector-response.ts";
import { addTo, type Distribution, emptyDistribution, forEachEntry, photonsMaxOf } from "./distribution.ts";
import type { Watch } from "./watch.ts";

/** What the detectors tell of a distribution of photons. Modes without one resolve photon numbers. */
export function detectAll(
  distribution: Distribution,
  detectors: ReadonlyMap<number, Detector>,
  watch: Watch,
): Distribution {
  let result = distribution;
  for (const [mode, detector] of detectors) {
    if (!resolvesPhotonNumber(detector)) result = detectMode(result, mode, detector, watch);
  }
  return result;
}

function detectMode(from: Distribution, mode: number, detector: Detector, watch: Watch): Distribution {
  const result = emptyDistribution(from.order.modes, photonsMaxOf(from));
  const responses: (readonly number[])[] = [];
  const told = new Uint16Array(from.order.modes);
  forEachEntry(from, watch, (counts, photons, probability) => {
    const count = counts[mode]!;
    responses[count] ??= detectorResponse(detector, count);
    told.set(counts);
    for (const [click, p] of responses[count].entries()) {
      if (p <= 0) continue;
      told[mode] = click;
      addTo(result, told, photons - count + click, probability * p);
    }
  });
  return result;
}

/** Every mode with photons counts as one. */
export function threshold(distribution: Distribution, watch: Watch): Distribution {
  const result = emptyDistribution(distribution.order.modes, photonsMaxOf(distribution));
  const told = new Uint16Array(distribution.order.modes);
  forEachEntry(distribution, watch, (counts, _, probability) => {
    let clicks = 0;
    for (const [mode, count] of counts.entries()) clicks += told[mode] = count > 0 ? 1 : 0;
    addTo(result, told, clicks, probability);
  });
  return result;
}

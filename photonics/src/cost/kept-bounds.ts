import {
  boundsOfCondition,
  type Detector,
  type Experiment,
  type PostSelection,
  resolvesPhotonNumber,
} from "../model/index.ts";

/** What decides which states of a fixed number of photons are kept. */
export interface Keeping {
  readonly photons: number;
  /** For each mode, whether its detector only tells whether photons are there; others tell how many. */
  readonly thresholds: readonly boolean[];
  /** The count that each heralded mode must tell. */
  readonly heralds: ReadonlyMap<number, number>;
  readonly postSelection?: PostSelection | undefined;
  /** Fewest detected photons. */
  readonly photonsMin: number;
}

/** What the modes of all states hold that a simulation has to know. */
export interface KeptBounds {
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** Whether enough photons are detected in any case: only then heralds and post-selection bound the states. */
  readonly alwaysDetected: boolean;
}

/**
 * The states from which all that is kept of a run can be told, and how probable it is. Of n photons at least q are
 * detected only where no threshold detector hides more than n − q.
 */
export function keptBounds({ photons, thresholds, heralds, postSelection, photonsMin }: Keeping): KeptBounds {
  const modes = thresholds.length;
  const alwaysDetected = photons >= photonsMin && (photonsMin <= 1 || !thresholds.includes(true));
  const least = new Array<number>(modes).fill(0);
  const most = thresholds.map((hides) =>
    hides ? Math.min(photons, Math.max(1, photons - photonsMin + 1)) : photons,
  );
  if (alwaysDetected) {
    const condition = postSelection === undefined ? undefined : boundsOfCondition(postSelection, modes);
    for (let mode = 0; mode < modes; mode++) {
      const herald = heralds.get(mode);
      const fewest = Math.max(condition?.least[mode] ?? 0, herald ?? 0);
      const greatest = Math.min(condition?.most[mode] ?? photons, herald ?? photons);
      least[mode] = thresholds[mode] ? Math.min(1, fewest) : fewest;
      // A detector that tells one may hide more.
      if (greatest === 0 || !thresholds[mode]) most[mode] = Math.min(most[mode]!, greatest);
    }
  }
  return { least, most, alwaysDetected };
}

/** Of each mode whether its detector only tells whether photons are there; undefined where one errs or counts some. */
export function thresholdsOf({ modes, detectors }: Experiment, thresholded: boolean): boolean[] | undefined {
  const thresholds: boolean[] = [];
  for (let mode = 0; mode < modes; mode++) {
    const detector = detectors.get(mode);
    const resolves = detector === undefined || resolvesPhotonNumber(detector);
    if (!resolves && !isThreshold(detector)) return undefined;
    thresholds.push(thresholded || !resolves);
  }
  return thresholds;
}

function isThreshold(detector: Detector): boolean {
  return (
    detector.kind === "wires" &&
    detector.wires === 1 &&
    (detector.maxDetections ?? 1) === 1 &&
    detector.efficiency === 1
  );
}

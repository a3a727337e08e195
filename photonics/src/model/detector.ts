/** Each photon is absorbed by one of the wires, with its efficiency; a wire tells at most one photon. */
export interface WireDetector {
  readonly kind: "wires";
  readonly name: string;
  /** Absent for infinitely many: photon-number resolving. One: a threshold detector. */
  readonly wires?: number;
  /** Counts above this are read as this. */
  readonly maxDetections?: number;
  readonly efficiency: number;
}

/** Layers of beam splitters spread the photons over 2^layers threshold detectors. */
export interface LayeredDetector {
  readonly kind: "layers";
  readonly name: string;
  readonly layers: number;
  readonly reflectivity: number;
}

/** What counts the photons of a mode. */
export type Detector = WireDetector | LayeredDetector;

export const pnrDetector: Detector = { kind: "wires", name: "PNR", efficiency: 1 };
export const thresholdDetector: Detector = {
  kind: "wires",
  name: "Threshold",
  wires: 1,
  maxDetections: 1,
  efficiency: 1,
};

/** Whether a detector tells every photon count as it is. */
export function resolvesPhotonNumber(detector: Detector): boolean {
  return (
    detector.kind === "wires" &&
    detector.wires === undefined &&
    detector.maxDetections === undefined &&
    detector.efficiency === 1
  );
}

/** The largest count that a detector can tell; infinite where it has no bound. */
export function largestCount(detector: Detector): number {
  if (detector.kind === "layers") return 2 ** detector.layers;
  return Math.min(
    detector.wires ?? Number.POSITIVE_INFINITY,
    detector.maxDetections ?? Number.POSITIVE_INFINITY,
  );
}

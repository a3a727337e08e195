import type { Detector, LayeredDetector, WireDetector } from "../model/index.ts";
import type { OutgoingMessage } from "./protobuf-types.ts";

export function fromDetectors(
  detectors: ReadonlyMap<number, Detector>,
): ReadonlyMap<number, OutgoingMessage<"IDetector">> {
  return new Map(
    Array.from(detectors, ([mode, detector]) => [
      mode,
      detector.kind === "layers"
        ? { ppnr: fromLayeredDetector(detector) }
        : { detector: fromDetector(detector) },
    ]),
  );
}

export function fromDetector(detector: WireDetector): OutgoingMessage<"Detector"> {
  const { name, wires, maxDetections, efficiency } = detector;
  return { name, n_wires: wires, max_detections: maxDetections, wire_efficiency: efficiency };
}

export function fromLayeredDetector({
  name,
  layers,
  reflectivity,
}: LayeredDetector): OutgoingMessage<"BSLayeredPPNR"> {
  return { name, bs_layers: layers, reflectivity };
}

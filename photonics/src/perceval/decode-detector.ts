import type { Detector, LayeredDetector, WireDetector } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import type { Message } from "./protobuf-types.ts";

const layersMax = 8;

export function toDetectors(
  detectors: ReadonlyMap<number, Message<"IDetector">> | undefined,
  modes: number,
  path: string,
): Map<number, Detector> {
  const result = new Map<number, Detector>();
  for (const [mode, { detector, ppnr }] of detectors ?? []) {
    requireMode(mode, modes, path);
    const where = `${path}[${mode}]`;
    if (ppnr !== undefined) result.set(mode, toLayeredDetector(ppnr, where));
    else if (detector !== undefined) result.set(mode, toDetector(detector, where));
    else throw new BadPayload("detector", where, "a detector of no kind", "wires or layers");
  }
  return result;
}

/** Absent numbers are those of a detector that resolves photon numbers. @throws {BadPayload} */
export function toDetector(message: Message<"Detector">, path: string): WireDetector {
  const { n_wires: wires = 0, max_detections: most = 0, wire_efficiency: efficiency = 1 } = message;
  if (!(efficiency > 0 && efficiency <= 1))
    throw new BadPayload("detector", path, `wire efficiency ${efficiency}`, "above 0, at most 1");
  if (wires < 0 || most < 0 || (wires > 0 && most > wires)) {
    throw new BadPayload(
      "detector",
      path,
      `${most} detections on ${wires} wires`,
      "as many detections as wires at most",
    );
  }
  const bound = wires > 0 ? (most > 0 ? most : wires) : most;
  return {
    kind: "wires",
    name: message.name ?? "",
    ...(wires > 0 ? { wires } : {}),
    ...(bound > 0 ? { maxDetections: bound } : {}),
    efficiency,
  };
}

export function toLayeredDetector(message: Message<"BSLayeredPPNR">, path: string): LayeredDetector {
  const { bs_layers: layers = 0, reflectivity = 0 } = message;
  if (layers < 1 || layers > layersMax)
    throw new BadPayload("detector", path, `${layers} layers`, `1 to ${layersMax}`);
  if (!(reflectivity >= 0 && reflectivity <= 1))
    throw new BadPayload("detector", path, `reflectivity ${reflectivity}`, "0 to 1");
  return { kind: "layers", name: message.name ?? "", layers, reflectivity };
}

export function requireMode(mode: number, modes: number, path: string): void {
  if (mode < 0 || mode >= modes)
    throw new BadPayload("mode", path, `mode ${mode}`, `modes 0 to ${modes - 1}`);
}

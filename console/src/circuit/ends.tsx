import type { Detector, Experiment, Herald, Port } from "@corbenic/photonics/model";
import type { ReactNode } from "react";
import { enteringPhotons } from "./entering.ts";
import { type Geometry, yOf } from "./geometry.ts";

/** What enters each mode, left of the wires. */
export function InputEnd({
  experiment,
  geometry,
}: {
  readonly experiment: Experiment;
  readonly geometry: Geometry;
}): ReactNode {
  const x = geometry.left - 18;
  return enteringPhotons(experiment).map((photons, mode) => {
    const port = experiment.inputPorts.get(mode);
    const y = yOf(geometry, mode);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its number
      <g key={mode}>
        <text className="mode-number" x={16} y={y}>
          {mode}
        </text>
        {photons === undefined ? null : (
          <>
            <circle
              className={photons === 0 ? "vacuum" : port?.kind === "herald" ? "photon heralded" : "photon"}
              cx={x}
              cy={y}
              r={photons === 0 ? 3 : 9}
            />
            {photons > 0 && (
              <text className="photon-count" x={x} y={y}>
                {photons}
              </text>
            )}
          </>
        )}
        <title>{describeInput(port, photons, mode)}</title>
      </g>
    );
  });
}

/** What is done with each mode at the end, right of the wires. */
export function OutputEnd({
  experiment,
  geometry,
  x,
}: {
  readonly experiment: Experiment;
  readonly geometry: Geometry;
  readonly x: number;
}): ReactNode {
  const radius = Math.min(10, geometry.spacing * 0.3);
  return Array.from({ length: experiment.modes }, (_, mode) => {
    const port = experiment.outputPorts.get(mode);
    const detector = experiment.detectors.get(mode);
    const y = yOf(geometry, mode);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its number
      <g key={mode}>
        <path
          className={`detector ${detector === undefined ? "any" : kindOf(detector)}`}
          d={`M${x} ${y - radius}A${radius} ${radius} 0 0 1 ${x} ${y + radius}Z`}
        />
        <text className="output-label" x={x + radius + 6} y={y}>
          {outputLabel(port, detector)}
        </text>
        <title>{describeOutput(port, detector, mode)}</title>
      </g>
    );
  });
}

function describeInput(port: Port | Herald | undefined, photons: number | undefined, mode: number): string {
  const what =
    photons === undefined
      ? "a superposition or mixture"
      : photons === 1
        ? "one photon"
        : `${photons} photons`;
  const where = port === undefined || port.name === "" ? "" : `, ${port.kind} ${port.name}`;
  return `Mode ${mode}: ${what}${where}`;
}

function kindOf(detector: Detector): "layered" | "threshold" | "resolving" {
  if (detector.kind === "layers") return "layered";
  return detector.wires === 1 || detector.maxDetections === 1 ? "threshold" : "resolving";
}

function outputLabel(port: Port | Herald | undefined, detector: Detector | undefined): string {
  const name = detector === undefined ? "" : detector.name;
  if (port?.kind === "herald") return `= ${port.photons}`;
  return [port?.name ?? "", name].filter((text) => text !== "").join(" · ");
}

function describeOutput(
  port: Port | Herald | undefined,
  detector: Detector | undefined,
  mode: number,
): string {
  const counted =
    detector === undefined
      ? "every photon is counted"
      : detector.kind === "layers"
        ? `${2 ** detector.layers} threshold detectors behind ${detector.layers} layers of beam splitters`
        : `${detector.wires ?? "any number of"} wires, efficiency ${detector.efficiency}`;
  const herald = port?.kind === "herald" ? `; kept only with ${port.photons} photons` : "";
  return `Mode ${mode}: ${counted}${herald}`;
}

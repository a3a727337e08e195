import type { Detector, Experiment, Herald, Port } from "@corbenic/photonics/model";
import type { ReactNode } from "react";
import { enteringPhotons } from "./entering.ts";
import { type Geometry, yOf } from "./geometry.ts";

const labelLongest = 14;

/** The room for what is right of the wires, in pixels: detectors, their names, and the numbers of the modes. */
export function outputWidth({ modes, outputPorts, detectors }: Experiment): number {
  const labels = Array.from({ length: modes }, (_, mode) =>
    outputLabel(outputPorts.get(mode), detectors.get(mode)),
  );
  return 56 + Math.max(0, ...labels.map((label) => label.length)) * labelCharacterWidth;
}

const labelCharacterWidth = 6.6;

/** What enters each mode, left of the wires. */
export function InputEnd({
  experiment,
  geometry,
}: {
  readonly experiment: Experiment;
  readonly geometry: Geometry;
}): ReactNode {
  const x = geometry.left - 18;
  const symbol = symbolOf(experiment);
  return enteringPhotons(experiment).map((photons, mode) => {
    const port = experiment.inputPorts.get(mode);
    const y = yOf(geometry, mode);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its number
      <g key={mode}>
        <text className="mode-number" x={16} y={y}>
          {mode}
        </text>
        {port?.kind === "herald" ? (
          <HeraldShape photons={port.photons} x={geometry.left - 8} y={y} geometry={geometry} side="input" />
        ) : photons === undefined ? (
          symbol !== "" && (
            <text className="superposed" x={x} y={y}>
              {symbol}
            </text>
          )
        ) : (
          <>
            <circle className={photons === 0 ? "vacuum" : "photon"} cx={x} cy={y} r={photons === 0 ? 3 : 9} />
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
  const numberX = x + outputWidth(experiment) - 14;
  return Array.from({ length: experiment.modes }, (_, mode) => {
    const port = experiment.outputPorts.get(mode);
    const detector = experiment.detectors.get(mode);
    const y = yOf(geometry, mode);
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a mode is its number
      <g key={mode}>
        {port?.kind === "herald" ? (
          <HeraldShape photons={port.photons} x={x} y={y} geometry={geometry} side="output" />
        ) : (
          <path
            className={`detector ${detector === undefined ? "any" : kindOf(detector)}`}
            d={`M${x} ${y - radius}A${radius} ${radius} 0 0 1 ${x} ${y + radius}Z`}
          />
        )}
        <text className="output-label" x={x + radius + (port?.kind === "herald" ? 12 : 6)} y={y}>
          {outputLabel(port, detector)}
        </text>
        <text className="mode-number" x={numberX} y={y}>
          {mode}
        </text>
        <title>{describeOutput(port, detector, mode)}</title>
      </g>
    );
  });
}

/** A herald: how many photons are put in, or have to come out, in a filled shape whose flat side meets the wire. */
function HeraldShape(props: {
  readonly photons: number;
  readonly x: number;
  readonly y: number;
  readonly geometry: Geometry;
  readonly side: "input" | "output";
}): ReactNode {
  const { photons, x, y, geometry, side } = props;
  const half = Math.min(9, geometry.spacing * 0.34);
  const towards = side === "input" ? -1 : 1;
  const flat = x + towards * half * 0.7;
  return (
    <>
      <path
        className="herald"
        d={`M${x} ${y - half}H${flat}A${half} ${half} 0 0 ${side === "input" ? 0 : 1} ${flat} ${y + half}H${x}Z`}
      />
      <text className="herald-count" x={x + towards * half * 0.78} y={y}>
        {photons}
      </text>
    </>
  );
}

/** What stands for an input of which no mode has one number of photons: a superposition, or a mixture of states. */
function symbolOf({ input }: Experiment): "ψ" | "ρ" | "" {
  if (input?.kind !== "mixture") return "";
  return input.mixture.length === 1 ? "ψ" : "ρ";
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
  const text = [port?.name ?? "", detector?.name ?? ""].filter((each) => each !== "").join(" · ");
  return text.length > labelLongest ? `${text.slice(0, labelLongest - 1)}…` : text;
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

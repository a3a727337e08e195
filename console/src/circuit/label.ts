import type { BeamSplitter, Component, Parameter } from "@corbenic/photonics/model";
import { formatAngle, formatNumber } from "./format-number.ts";

/** A parameter as a label shows it: its value, its name, or its formula. */
export function parameterText(parameter: Parameter, format: (value: number) => string): string {
  switch (parameter.kind) {
    case "value":
      return parameter.name === undefined
        ? format(parameter.value)
        : `${parameter.name}=${format(parameter.value)}`;
    case "symbol":
      return parameter.name;
    case "expression":
      return parameter.text;
  }
}

/** Whether a label would say nothing that the symbol does not. */
export function isZero(parameter: Parameter): boolean {
  return parameter.kind === "value" && parameter.name === undefined && parameter.value === 0;
}

/** What stands under a beam splitter: its angle, unless it halves. */
export function thetaLabelOf({ theta }: BeamSplitter): string {
  const halves = theta.kind === "value" && theta.name === undefined && theta.value === Math.PI / 2;
  return halves ? "" : `θ=${parameterText(theta, formatAngle)}`;
}

/** The short text at a component; empty where its symbol says all. */
export function labelOf(component: Component): string {
  switch (component.kind) {
    case "beam-splitter":
      return component.convention;
    case "phase-shifter":
      return `φ=${parameterText(component.phi, formatAngle)}`;
    case "unitary":
      return component.name === "" ? "U" : component.name;
    case "wave-plate":
      return [
        { any: "WP", half: "λ/2", quarter: "λ/4" }[component.plate],
        ...(component.plate === "any" ? [`δ=${parameterText(component.delta, formatAngle)}`] : []),
        `ξ=${parameterText(component.xsi, formatAngle)}`,
      ].join(" ");
    case "polarization-rotator":
      return `PR δ=${parameterText(component.delta, formatAngle)}`;
    case "polarized-beam-splitter":
      return "PBS";
    case "time-delay":
      return `+${parameterText(component.periods, formatNumber)} T`;
    case "loss-channel":
      return `loss ${parameterText(component.loss, formatNumber)}`;
    case "circuit":
    case "feed-forward-circuit-provider":
    case "feed-forward-configurator":
      return component.name;
    case "permutation":
    case "barrier":
      return "";
  }
}

/** Everything there is to say of a component, line by line, for whoever points at it. */
export function detailsOf(component: Component): string[] {
  const angle = (name: string, parameter: Parameter) =>
    isZero(parameter) ? [] : [`${name} = ${parameterText(parameter, formatAngle)}`];
  switch (component.kind) {
    case "beam-splitter":
      return [
        `Beam splitter, convention ${component.convention}`,
        `θ = ${parameterText(component.theta, formatAngle)}`,
        ...angle("φ top left", component.phiTopLeft),
        ...angle("φ bottom left", component.phiBottomLeft),
        ...angle("φ top right", component.phiTopRight),
        ...angle("φ bottom right", component.phiBottomRight),
      ];
    case "phase-shifter":
      return [
        "Phase shifter",
        `φ = ${parameterText(component.phi, formatAngle)}`,
        ...angle("largest error", component.maxError),
      ];
    case "permutation":
      return ["Permutation", component.permutation.map((to, from) => `${from}→${to}`).join("  ")];
    case "unitary":
      return [`Unitary ${component.name}`.trim(), `${component.matrix.rows} × ${component.matrix.cols}`];
    case "wave-plate":
      return [
        { any: "Wave plate", half: "Half-wave plate", quarter: "Quarter-wave plate" }[component.plate],
        ...(component.plate === "any" ? [`δ = ${parameterText(component.delta, formatAngle)}`] : []),
        `ξ = ${parameterText(component.xsi, formatAngle)}`,
      ];
    case "polarization-rotator":
      return ["Polarization rotator", `δ = ${parameterText(component.delta, formatAngle)}`];
    case "polarized-beam-splitter":
      return ["Polarizing beam splitter", "H passes, V is reflected"];
    case "time-delay":
      return ["Time delay", `${parameterText(component.periods, formatNumber)} periods of the source`];
    case "loss-channel":
      return [
        "Loss channel",
        `loses a photon with probability ${parameterText(component.loss, formatNumber)}`,
      ];
    case "barrier":
      return ["Barrier"];
    case "circuit":
      return [
        `Circuit ${component.name}`.trim(),
        `${component.modes} modes, ${component.components.length} components`,
      ];
    case "feed-forward-circuit-provider":
      return [
        `Feed-forward ${component.name}`.trim(),
        "chooses a circuit by what is measured",
        ...[...component.circuits.keys()].slice(0, 8),
      ];
    case "feed-forward-configurator":
      return [
        `Feed-forward ${component.name}`.trim(),
        "sets parameters by what is measured",
        ...[...component.values].slice(0, 8).map(([state, values]) => `${state}: ${assignments(values)}`),
      ];
  }
}

function assignments(values: ReadonlyMap<string, number>): string {
  return [...values].map(([name, value]) => `${name} = ${formatAngle(value)}`).join(", ");
}

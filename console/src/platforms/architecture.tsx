import { type Experiment, noNoise } from "@corbenic/photonics/model";
import { BadPayload, decodeValue } from "@corbenic/photonics/perceval";
import type { PlatformSpecs } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";
import { CircuitDrawing } from "../circuit/circuit-drawing.tsx";
import { Panel } from "../parts/page.tsx";

/** The circuit that a platform is built as, where its specs have one. */
export function Architecture({ specs }: { readonly specs: PlatformSpecs }): ReactNode {
  const experiment = read(specs.architecture) ?? read(specs.specific_circuit);
  if (experiment === undefined) return null;
  return (
    <Panel title="Architecture">
      <CircuitDrawing experiment={experiment} />
    </Panel>
  );
}

/** What the specs say, as an experiment without input; undefined where it is no circuit that can be read. */
function read(text: string | undefined): Experiment | undefined {
  if (text === undefined || !text.startsWith(":PCVL:")) return undefined;
  const decoded = decodedOf(text);
  if (typeof decoded !== "object" || decoded === null || !("tag" in decoded)) return undefined;
  const value: { kind?: unknown } = Object(decoded.value);
  if (value.kind === "experiment") return value as Experiment;
  if (value.kind !== "circuit") return undefined;
  const { name, modes, components } = value as Pick<Experiment, "name" | "modes" | "components">;
  const nothing = new Map();
  return {
    kind: "experiment",
    name,
    modes,
    components,
    inputPorts: nothing,
    outputPorts: nothing,
    detectors: nothing,
    noise: noNoise,
    minDetectedPhotons: 0,
  };
}

function decodedOf(text: string) {
  try {
    return decodeValue(text);
  } catch (error) {
    if (error instanceof BadPayload) return undefined;
    throw error;
  }
}

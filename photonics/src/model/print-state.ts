import { printPolarization } from "./polarization.ts";
import type { AnnotatedState, FockState, Photon } from "./state.ts";

/** Writes `|1,0,2>`. */
export function printFockState(state: FockState): string {
  return `|${state.join(",")}>`;
}

/**
 * Writes photons so that they read back in the same order: `|{0}{1},0>` where tags are numbers and nothing is
 * polarized, `|{P:H},2{_:1}1>` otherwise.
 */
export function printAnnotatedState(state: AnnotatedState): string {
  const noisy = state.every((photons) =>
    photons.every(({ tag = "0", polarization }) => polarization === undefined && /^\d+$/.test(tag)),
  );
  return `|${state.map((photons) => printMode(photons, noisy)).join(",")}>`;
}

function printMode(photons: readonly Photon[], noisy: boolean): string {
  const plain = photons.every(({ tag, polarization }) => tag === undefined && polarization === undefined);
  if (plain) return String(photons.length);
  let text = "";
  for (let i = 0; i < photons.length; ) {
    const annotation = printAnnotation(photons[i]!, noisy);
    let count = 1;
    while (i + count < photons.length && printAnnotation(photons[i + count]!, noisy) === annotation) count++;
    text += `${count === 1 ? "" : count}{${annotation}}`;
    i += count;
  }
  return text;
}

function printAnnotation({ tag, polarization }: Photon, noisy: boolean): string {
  if (noisy) return tag ?? "0";
  const entries = polarization === undefined ? [] : [`P:${printPolarization(polarization)}`];
  if (tag !== undefined)
    entries.push(...tag.split(",").map((each) => (each.includes(":") ? each : `_:${each}`)));
  return entries.length === 0 ? "_:0" : entries.join(",");
}

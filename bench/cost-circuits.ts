import { beamSplitter, type CircuitBuilder, circuit, phaseShifter } from "@corbenic/photonics/model";

/** Layers of beam splitters and phases that let every photon reach every mode. */
export function mesh(modes: number): CircuitBuilder {
  const of = circuit(modes);
  for (let layer = 0; layer < modes; layer++)
    for (let mode = layer % 2; mode + 1 < modes; mode += 2)
      of.add(mode, beamSplitter(0.4 + ((7 * layer + 3 * mode) % 11) / 9)).add(
        mode,
        phaseShifter(mode + layer / 3),
      );
  return of;
}

/** So many single photons, from the first mode on. */
export function single(photons: number, modes: number): number[] {
  return Array.from({ length: modes }, (_, mode) => (mode < photons ? 1 : 0));
}

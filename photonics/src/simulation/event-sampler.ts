import { type Detector, resolvesPhotonNumber } from "../model/index.ts";
import { drawInterference, roomFor } from "./clifford.ts";
import { detectorResponse } from "./detector-response.ts";
import { see } from "./interference.ts";
import { createPhotonSampler } from "./kernel-events.ts";
import type { NoisyInput } from "./noisy-input.ts";
import type { Optics } from "./optics.ts";
import type { Random } from "./random.ts";
import { drawIndex } from "./sampling.ts";
import { SimulationError } from "./simulation-error.ts";

/** Draws an event into an array of the counts of each mode, and tells how many photons it has. */
export type EventSampler = (counts: Uint16Array) => number;

/** More interfering photons than this are refused: one event would take more than about a second. */
const photonsMax = 22;

/**
 * Draws events of an imperfect source, an interferometer and detectors one by one, where all their probabilities are
 * too many. @throws {SimulationError} for too many photons
 */
export function createEventSampler(
  optics: Optics,
  input: NoisyInput,
  responses: readonly (Detector | undefined)[],
  random: Random,
): EventSampler {
  const { groups, rows, most } = input;
  if (most.interfering > photonsMax) {
    throw new SimulationError(
      "too_many_photons",
      `${most.interfering} photons may interfere, and events of at most ${photonsMax} can be drawn: use fewer.`,
    );
  }
  if (optics.polarizations === 1) {
    const drawPhotons = createPhotonSampler(input, optics.modes, random);
    return (counts) => {
      drawPhotons(counts);
      return detect(counts, responses, random);
    };
  }
  const permanents = roomFor(most.interfering);
  const sources = groups.map(({ column, ways, chances }) => ({
    column,
    places: [...ways.seen, ways.unseen],
    outcomes: chances.flatMap((row, interfering) =>
      row.map((probability, alone) => ({ probability, interfering, alone })),
    ),
  }));
  const leaving = new Uint16Array(rows);
  return (counts) => {
    const columns: Float64Array[] = [];
    const alone: number[] = [];
    for (const { column, places, outcomes } of sources) {
      const outcome =
        outcomes.length === 1
          ? outcomes[0]!
          : outcomes[
              drawIndex(
                outcomes.map(({ probability }) => probability),
                random,
              )
            ]!;
      for (let i = 0; i < outcome.interfering; i++) columns.push(column);
      for (let i = 0; i < outcome.alone; i++) alone.push(drawIndex(places, random));
    }
    leaving.fill(0);
    for (const row of drawInterference(columns, rows, random, permanents)) leaving[row]! += 1;
    see(leaving, optics, counts);
    for (const mode of alone) if (mode < counts.length) counts[mode]! += 1;
    return detect(counts, responses, random);
  };
}

/** What the detectors tell, in place of the photons. */
function detect(counts: Uint16Array, detectors: readonly (Detector | undefined)[], random: Random): number {
  let photons = 0;
  for (const [mode, count] of counts.entries()) {
    const detector = detectors[mode];
    if (detector !== undefined && !resolvesPhotonNumber(detector) && count > 0)
      counts[mode] = drawIndex(detectorResponse(detector, count), random);
    photons += counts[mode]!;
  }
  return photons;
}

import { type FockState, isPerfectSource, type NoiseModel } from "../model/index.ts";

/**
 * What an imperfect source delivers in place of a Fock state: photons that interfere with each other, and photons that
 * interfere with none. Modes of the latter are in ascending order.
 */
export interface SourceOutcome {
  readonly probability: number;
  readonly interfering: FockState;
  readonly alone: readonly number[];
}

/** What the source may deliver in place of one photon. */
interface Event {
  readonly probability: number;
  readonly interfering: number;
  readonly alone: number;
}

/**
 * The events of one photon, after M. Pont et al., Phys. Rev. X 12, 031033 (2022): with brightness B and
 * autocorrelation g2 the source emits a pair with p₂ = (1 − B·g2 − √(1 − 2·B·g2)) / g2 and one photon with
 * p₁ = B − p₂. Each photon gets through with the transmittance. The first photon interferes with probability √I; the
 * second does unless g2 photons are distinguishable.
 */
function eventsOf(noise: NoiseModel): Event[] {
  const { brightness, g2, transmittance: eta, indistinguishability, g2Distinguishable } = noise;
  const product = brightness * g2;
  const pair = g2 === 0 ? 0 : (1 - product - Math.sqrt(Math.max(0, 1 - 2 * product))) / g2;
  const single = eta * (brightness - pair);
  const halfPair = eta * (1 - eta) * pair;
  const wholePair = eta * eta * pair;
  const overlap = Math.sqrt(indistinguishability);
  const second = g2Distinguishable ? { interfering: 0, alone: 1 } : { interfering: 1, alone: 0 };
  const first = single + halfPair;
  return [
    { probability: 1 - single - 2 * halfPair - wholePair, interfering: 0, alone: 0 },
    { probability: overlap * first, interfering: 1, alone: 0 },
    { probability: (1 - overlap) * first, interfering: 0, alone: 1 },
    { probability: halfPair, ...second },
    { probability: overlap * wholePair, interfering: 1 + second.interfering, alone: second.alone },
    { probability: (1 - overlap) * wholePair, interfering: second.interfering, alone: 1 + second.alone },
  ].filter(({ probability }) => probability > 0);
}

/** Everything that the source may deliver, with exact probabilities that sum to one. */
export function sourceOutcomes(input: FockState, noise: NoiseModel): SourceOutcome[] {
  if (isPerfectSource(noise)) return [{ probability: 1, interfering: input, alone: [] }];
  const events = eventsOf(noise);
  let outcomes = new Map<string, SourceOutcome>([
    ["", { probability: 1, interfering: input.map(() => 0), alone: [] }],
  ]);
  for (const [mode, photons] of input.entries()) {
    for (let photon = 0; photon < photons; photon++) outcomes = withPhoton(outcomes, events, mode);
  }
  return [...outcomes.values()];
}

function withPhoton(
  outcomes: ReadonlyMap<string, SourceOutcome>,
  events: readonly Event[],
  mode: number,
): Map<string, SourceOutcome> {
  const next = new Map<string, SourceOutcome>();
  for (const outcome of outcomes.values()) {
    for (const event of events) {
      const interfering =
        event.interfering === 0
          ? outcome.interfering
          : outcome.interfering.with(mode, outcome.interfering[mode]! + event.interfering);
      const alone =
        event.alone === 0 ? outcome.alone : [...outcome.alone, ...new Array<number>(event.alone).fill(mode)];
      const key = `${interfering}|${alone}`;
      const probability = outcome.probability * event.probability + (next.get(key)?.probability ?? 0);
      next.set(key, { probability, interfering, alone });
    }
  }
  return next;
}

import { type Assignment, type NoiseModel, numberOf, type PhaseShifter } from "../model/index.ts";
import type { Random } from "./random.ts";

/**
 * The phases that shifters really give in one run: rounded to the multiples that can be set, of ties to the even one,
 * then wrong by an error within bounds. A shifter errs once in a run, whatever passes it.
 */
export function phaseNoise(
  noise: NoiseModel,
  assignment: Assignment,
  random: Random,
): (shifter: PhaseShifter) => number {
  const known = new Map<PhaseShifter, number>();
  return (shifter) => {
    const before = known.get(shifter);
    if (before !== undefined) return before;
    const wanted = numberOf(shifter.phi, assignment);
    const ownError = numberOf(shifter.maxError, assignment);
    const error = ownError === 0 ? noise.phaseError : ownError;
    const set = noise.phaseImprecision === 0 ? wanted : rounded(shifter, wanted, noise.phaseImprecision);
    const phase = error === 0 ? set : set + error * (2 * random.next() - 1);
    known.set(shifter, phase);
    return phase;
  };
}

/** Clients bring numbers, other than results of formulas, within one turn before they round. */
function rounded({ phi }: PhaseShifter, wanted: number, step: number): number {
  const turn = 2 * Math.PI;
  const within =
    phi.kind === "expression" || (wanted >= 0 && wanted <= turn)
      ? wanted
      : wanted - turn * Math.floor(wanted / turn);
  return step * roundHalfEven(within / step);
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return Math.round(x);
  return floor % 2 === 0 ? floor : floor + 1;
}

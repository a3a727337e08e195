import { Malformed, quote } from "./malformed.ts";
import { parseNumber, printNumber } from "./parse-number.ts";
import { parseAnnotatedState } from "./parse-state.ts";
import { printAnnotatedState } from "./print-state.ts";
import type { Mixture, StateVector } from "./state.ts";

const textMax = 1 << 20;
/** Modes and photons of all terms together. */
const slotsMax = 1 << 19;

/** Reads `(re,im)*<state>+…`. @throws {Malformed} `state_*`, `number_not_finite` */
export function parseStateVector(text: string): StateVector {
  requireLength(text);
  return readVector(text, { slots: slotsMax });
}

/**
 * Reads `{<state vector>=<probability>;…}`; probabilities that were rounded are made to sum to one.
 * @throws {Malformed} `mixture`, `state_*`, `number_not_finite`
 */
export function parseMixture(text: string): Mixture {
  requireLength(text);
  if (!text.startsWith("{") || !text.endsWith("}") || text.length < 3)
    throw new Malformed("mixture", quote(text), "{state vector=probability;...}");
  const budget = { slots: slotsMax };
  const entries = text
    .slice(1, -1)
    .split(";")
    .map((entry) => {
      const equals = entry.lastIndexOf("=");
      if (equals < 0) throw new Malformed("mixture", quote(entry), "state vector=probability");
      const probability = finite(entry.slice(equals + 1));
      if (probability < 0) throw new Malformed("mixture", quote(entry), "a probability of at least 0");
      return { probability, vector: readVector(entry.slice(0, equals), budget) };
    });
  const modes = entries[0]!.vector[0]!.state.length;
  if (entries.some(({ vector }) => vector[0]!.state.length !== modes))
    throw new Malformed("mixture", "states of different sizes", "one number of modes");
  const total = entries.reduce((sum, { probability }) => sum + probability, 0);
  if (!(total > 0 && Number.isFinite(total)))
    throw new Malformed("mixture", `probabilities that sum to ${total}`, "a positive sum");
  if (Math.abs(total - 1) < 1e-12) return entries;
  return entries.map(({ probability, vector }) => ({ probability: probability / total, vector }));
}

function requireLength(text: string): void {
  if (text.length > textMax)
    throw new Malformed("state_too_long", `${text.length} characters`, `at most ${textMax}`);
}

function readVector(text: string, budget: { slots: number }): StateVector {
  const terms: StateVector[number][] = [];
  for (let from = 0; from < text.length || from === 0; ) {
    const factor = text.indexOf(")*|", from);
    const close = factor < 0 ? -1 : text.indexOf(">", factor);
    const comma = text.indexOf(",", from);
    if (
      text[from] !== "(" ||
      close < 0 ||
      comma < 0 ||
      comma > factor ||
      (close + 1 < text.length && text[close + 1] !== "+")
    )
      throw new Malformed("state_vector", quote(text.slice(from, from + 80)), "(re,im)*|state>");
    const state = parseAnnotatedState(text.slice(factor + 2, close + 1));
    budget.slots -= state.reduce((slots, photons) => slots + 1 + photons.length, 0);
    if (budget.slots < 0)
      throw new Malformed("state_too_long", `more than ${slotsMax} modes and photons`, `at most ${slotsMax}`);
    if (state.length !== (terms[0]?.state ?? state).length)
      throw new Malformed("state_vector", "terms of different sizes", "one number of modes");
    terms.push({ re: finite(text.slice(from + 1, comma)), im: finite(text.slice(comma + 1, factor)), state });
    from = close + 2;
    if (from === text.length) throw new Malformed("state_vector", quote(text.slice(-80)), "a term after +");
  }
  if (!terms.some(({ re, im }) => re !== 0 || im !== 0))
    throw new Malformed("state_vector", "amplitudes that are all zero", "a state");
  return terms;
}

function finite(text: string): number {
  const number = parseNumber(text.trim());
  if (Number.isNaN(number)) throw new Malformed("number_not_finite", quote(text), "a finite number");
  return number;
}

/** Writes a superposition with all digits of its amplitudes. */
export function printStateVector(vector: StateVector): string {
  return vector
    .map(({ re, im, state }) => `(${printNumber(re)},${printNumber(im)})*${printAnnotatedState(state)}`)
    .join("+");
}

/** Writes a mixture with all digits of its probabilities. */
export function printMixture(mixture: Mixture): string {
  return `{${mixture
    .map(({ probability, vector }) => `${printStateVector(vector)}=${printNumber(probability)}`)
    .join(";")}}`;
}

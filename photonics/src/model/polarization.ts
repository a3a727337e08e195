import { Malformed, quote } from "./malformed.ts";
import { parseNumber, printNumber } from "./parse-number.ts";
import type { Polarization } from "./state.ts";

const quarter = Math.PI / 2;
const named: ReadonlyMap<string, Polarization> = new Map([
  ["H", { theta: 0, phi: 0 }],
  ["V", { theta: Math.PI, phi: 0 }],
  ["D", { theta: quarter, phi: 0 }],
  ["A", { theta: quarter, phi: Math.PI }],
  ["L", { theta: quarter, phi: quarter }],
  ["R", { theta: quarter, phi: 3 * quarter }],
]);

/** Reads `H`, `0.3` or `(0.3,1.2)`. @throws {Malformed} `state_polarization` */
export function parsePolarization(text: string): Polarization {
  const known = named.get(text);
  if (known !== undefined) return known;
  const inside = text.startsWith("(") && text.endsWith(")") ? text.slice(1, -1) : text;
  const [theta, phi = 0, ...more] = inside.split(",").map((angle) => parseNumber(angle.trim()));
  if (theta === undefined || Number.isNaN(theta) || Number.isNaN(phi) || more.length > 0) {
    throw new Malformed("state_polarization", quote(text), "one of H V D A L R, or angles (theta,phi)");
  }
  return { theta, phi };
}

/** Writes a polarization so that it reads back as the same one. */
export function printPolarization({ theta, phi }: Polarization): string {
  for (const [name, known] of named)
    if (Object.is(known.theta, theta) && Object.is(known.phi, phi)) return name;
  return `(${printNumber(theta)},${printNumber(phi)})`;
}

import { Malformed, quote } from "./malformed.ts";

/** How many photons are in each mode. */
export type FockState = readonly number[];

/** Polarization as a point of the Bloch sphere: cos(theta/2)·H + exp(i·phi)·sin(theta/2)·V, in radians. */
export interface Polarization {
  readonly theta: number;
  readonly phi: number;
}

/** What tells photons apart: photons of equal tags interfere, photons of different tags do not. */
export interface Photon {
  /** Absent for the tag that most photons share. */
  readonly tag?: string;
  readonly polarization?: Polarization;
}

/** The photons of each mode, one by one. */
export type AnnotatedState = readonly (readonly Photon[])[];

/** A superposition; amplitudes need not be normalized. */
export type StateVector = readonly {
  readonly re: number;
  readonly im: number;
  readonly state: AnnotatedState;
}[];

/** A mixture of superpositions with their probabilities. */
export type Mixture = readonly { readonly probability: number; readonly vector: StateVector }[];

/** What enters an experiment. Only a Fock state passes through the noise of the source. */
export type Input =
  | { readonly kind: "fock"; readonly state: FockState }
  | { readonly kind: "annotated"; readonly state: AnnotatedState }
  | { readonly kind: "mixture"; readonly mixture: Mixture };

export const modesMax = 1024;
export const photonsPerModeMax = 1024;
const textMax = 1 << 20;

/** Writes `|1,0,2>`. */
export function printFockState(state: FockState): string {
  return `|${state.join(",")}>`;
}

export function photonsIn(state: FockState): number {
  let photons = 0;
  for (const count of state) photons += count;
  return photons;
}

/** Reads `|1,0,2>`, also in square brackets or parentheses. @throws {Malformed} `state_*` */
export function parseFockState(text: string): FockState {
  const state = parseAnnotatedState(text);
  if (isAnnotated(state))
    throw new Malformed("state_annotated", quote(text), "a Fock state without annotations");
  return state.map((photons) => photons.length);
}

export function isAnnotated(state: AnnotatedState): boolean {
  return state.some((photons) =>
    photons.some(({ tag, polarization }) => tag !== undefined || polarization !== undefined),
  );
}

/** Reads `|{P:H},2{_:1}1,0>` and `|{0}{1},0>`: photons with polarization, and with tags. @throws {Malformed} `state_*` */
export function parseAnnotatedState(text: string): AnnotatedState {
  if (text.length > textMax)
    throw new Malformed("state_too_long", `${text.length} characters`, `at most ${textMax}`);
  const body = /^\s*(?:\|([^|>]*)>|\[([^[\]]*)\]|\(([^()]*)\))\s*$/.exec(text);
  if (body === null) throw new Malformed("state_syntax", quote(text), "a state such as |1,0,2>");
  const inner = (body[1] ?? body[2] ?? body[3]!).trim();
  if (inner === "") return [];
  const modes = splitModes(inner);
  if (modes.length > modesMax)
    throw new Malformed("state_modes", `${modes.length} modes`, `at most ${modesMax}`);
  return modes.map((mode) => parseMode(mode, text));
}

/** At the commas that stand outside braces. */
function splitModes(inner: string): string[] {
  return inner.includes("{") ? inner.split(/,(?![^{}]*\})/) : inner.split(",");
}

function parseMode(mode: string, whole: string): Photon[] {
  const photons: Photon[] = [];
  const part = /\s*(\d{1,5})?\s*(?:\{([^{}]*)\})?\s*/y;
  const text = mode.trim();
  if (text === "") throw new Malformed("state_syntax", quote(whole), "a count for each mode");
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const match = part.exec(text);
    if (match === null || (match[1] === undefined && match[2] === undefined)) {
      throw new Malformed(
        "state_syntax",
        `${quote(text.slice(at))} in ${quote(whole)}`,
        "counts and {annotations}",
      );
    }
    const count = match[1] === undefined ? 1 : Number(match[1]);
    if (photons.length + count > photonsPerModeMax) {
      throw new Malformed(
        "state_photons",
        `${photons.length + count} photons in a mode`,
        `at most ${photonsPerModeMax}`,
      );
    }
    const photon = match[2] === undefined ? {} : parseAnnotation(match[2]);
    for (let i = 0; i < count; i++) photons.push(photon);
  }
  return photons;
}

/** Reads `P:H`, `P:(0.3,1.2)`, `_:1`, `1`, or several separated by commas. */
function parseAnnotation(text: string): Photon {
  let photon: Photon = {};
  for (const entry of text.split(/,(?![^()]*\))/)) {
    const [key, ...rest] = entry.split(":");
    const name = key!.trim();
    if (rest.length === 0) photon = { ...photon, ...tagged("", name) };
    else if (name === "P") photon = { ...photon, polarization: parsePolarization(rest.join(":").trim()) };
    else
      photon = {
        ...photon,
        ...tagged(photon.tag === undefined ? "" : `${photon.tag},`, `${name}:${rest.join(":").trim()}`),
      };
  }
  return photon;
}

/** The tag 0 is the one that unannotated photons have. */
function tagged(before: string, text: string): Photon {
  if (!/^[\w:.+-]{1,64}$/.test(text))
    throw new Malformed("state_annotation", quote(text), "a short name or number");
  const tag = text.replace(/^_:/, "");
  return before === "" && tag === "0" ? {} : { tag: before + tag };
}

const quarter = Math.PI / 2;
const polarizations: Readonly<Record<string, Polarization>> = {
  H: { theta: 0, phi: 0 },
  V: { theta: Math.PI, phi: 0 },
  D: { theta: quarter, phi: 0 },
  A: { theta: quarter, phi: Math.PI },
  L: { theta: quarter, phi: quarter },
  R: { theta: quarter, phi: 3 * quarter },
};

function parsePolarization(text: string): Polarization {
  const named = Object.hasOwn(polarizations, text) ? polarizations[text] : undefined;
  if (named !== undefined) return named;
  const angles = /^\(?\s*([-+.\deE]+)\s*(?:,\s*([-+.\deE]+)\s*)?\)?$/.exec(text);
  const theta = Number(angles?.[1]);
  const phi = Number(angles?.[2] ?? 0);
  if (angles === null || !Number.isFinite(theta) || !Number.isFinite(phi)) {
    throw new Malformed("state_polarization", quote(text), "one of H V D A L R, or angles (theta,phi)");
  }
  return { theta, phi };
}

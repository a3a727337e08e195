import { Malformed, quote } from "./malformed.ts";
import { parsePolarization } from "./polarization.ts";
import { type AnnotatedState, type FockState, modesMax, type Photon, photonsMax } from "./state.ts";

const textMax = 65_536;
const annotationMax = 256;

/** Reads `|1,0,2>`, also in square brackets or parentheses. @throws {Malformed} `state_*` */
export function parseFockState(text: string): FockState {
  const state = parseState(text);
  if (state.kind === "annotated")
    throw new Malformed("state_annotated", quote(text), "a Fock state without annotations");
  return state.state;
}

/** Reads `|{P:H},2{_:1}1,0>` and `|{0}{1},0>`: photons with polarization, and with tags. @throws {Malformed} `state_*` */
export function parseAnnotatedState(text: string): AnnotatedState {
  const modes = split(text);
  const budget = { photons: photonsMax };
  return modes.map((mode) => parseMode(mode, text, budget));
}

/** A state of either kind; one whose annotations say nothing is a Fock state. @throws {Malformed} `state_*` */
export function parseState(
  text: string,
):
  | { readonly kind: "fock"; readonly state: FockState }
  | { readonly kind: "annotated"; readonly state: AnnotatedState } {
  const counts = plainCounts(text);
  if (counts !== undefined) return { kind: "fock", state: counts };
  const modes = split(text);
  const budget = { photons: photonsMax };
  const state = modes.map((mode) => parseMode(mode, text, budget));
  return state.some((photons) => photons.some((photon) => "tag" in photon || "polarization" in photon))
    ? { kind: "annotated", state }
    : { kind: "fock", state: state.map((photons) => photons.length) };
}

/** The counts of `|1,0,2>`, as nearly every state is written; undefined for any other text, read with more care. */
function plainCounts(text: string): number[] | undefined {
  const counts: number[] = [];
  const last = text.length - 1;
  if (last < 2 || last > textMax || text[0] !== "|" || text[last] !== ">") return undefined;
  let photons = 0;
  for (let i = 1; i < last; i++) {
    const count = text.charCodeAt(i) - 48;
    // One digit, then a comma or the end.
    if (!(count >= 0 && count <= 9) || (i + 1 < last && text.charCodeAt(++i) !== 44)) return undefined;
    counts.push(count);
    photons += count;
  }
  const comma = text.charCodeAt(last - 1) === 44;
  return comma || counts.length > modesMax || photons > photonsMax ? undefined : counts;
}

const closings: ReadonlyMap<string, string> = new Map([
  ["|", ">"],
  ["[", "]"],
  ["(", ")"],
]);

/** The text of each mode: at the commas outside braces. */
function split(text: string): readonly string[] {
  if (text.length > textMax)
    throw new Malformed("state_too_long", `${text.length} characters`, `at most ${textMax}`);
  const whole = text.trim();
  const closing = closings.get(whole.charAt(0));
  if (closing === undefined || whole.length < 2 || !whole.endsWith(closing))
    throw new Malformed("state_syntax", quote(text), "a state such as |1,0,2>");
  const inner = whole.slice(1, -1);
  if (inner.trim() === "") return [];
  const modes = inner.includes("{") ? splitOutsideBraces(inner) : inner.split(",", modesMax + 1);
  if (modes.length > modesMax)
    throw new Malformed("state_modes", `more than ${modesMax} modes`, `at most ${modesMax}`);
  return modes;
}

function splitOutsideBraces(inner: string): string[] {
  const modes: string[] = [];
  let from = 0;
  let inside = false;
  for (let i = 0; i < inner.length && modes.length <= modesMax; i++) {
    const character = inner[i];
    if (character === "{") inside = true;
    else if (character === "}") inside = false;
    else if (character === "," && !inside) {
      modes.push(inner.slice(from, i));
      from = i + 1;
    }
  }
  modes.push(inner.slice(from));
  return modes;
}

function spend(budget: { photons: number }, count: number): number {
  budget.photons -= count;
  if (budget.photons < 0)
    throw new Malformed("state_photons", `more than ${photonsMax} photons`, `at most ${photonsMax}`);
  return count;
}

function parseMode(text: string, whole: string, budget: { photons: number }): Photon[] {
  const photons: Photon[] = [];
  const part = /\s*(?:(\d{1,5})\s*)?(?:\{([^{}]*)\}\s*)?/y;
  if (text.trim() === "") throw new Malformed("state_syntax", quote(whole), "a count for each mode");
  while (part.lastIndex < text.length) {
    const at = part.lastIndex;
    const match = part.exec(text);
    const [, digits, annotation] = match ?? [];
    if (digits === undefined && annotation === undefined) {
      throw new Malformed(
        "state_syntax",
        `${quote(text.slice(at))} in ${quote(whole)}`,
        "counts and {annotations}",
      );
    }
    const count = digits === undefined ? 1 : Number(digits);
    if (count === 0 && annotation !== undefined)
      throw new Malformed("state_annotation", quote(text), "annotations of photons that are there");
    spend(budget, count);
    const photon = annotation === undefined ? {} : parseAnnotation(annotation);
    for (let i = 0; i < count; i++) photons.push(photon);
  }
  return photons;
}

/** Reads `P:H`, `P:(0.3,1.2)`, `_:1`, `1`, or several separated by commas. */
function parseAnnotation(text: string): Photon {
  if (text.length > annotationMax)
    throw new Malformed("state_annotation", `${text.length} characters`, `at most ${annotationMax}`);
  const known = new Set<string>();
  const tags: string[] = [];
  let polarization: Photon["polarization"];
  for (const entry of text.split(/,(?![^()]*\))/)) {
    const colon = entry.indexOf(":");
    const name = colon < 0 ? "_" : entry.slice(0, colon).trim();
    const value = entry.slice(colon + 1).trim();
    if (known.has(name)) throw new Malformed("state_annotation", quote(text), "each name once");
    known.add(name);
    if (name === "P") {
      polarization = parsePolarization(value);
      continue;
    }
    if (!/^\w{1,64}$/.test(name) || !/^[\w.()+-]{1,64}$/.test(value))
      throw new Malformed("state_annotation", quote(text), "short names and numbers");
    tags.push(name === "_" ? value : `${name}:${value}`);
  }
  // The tag 0 is the one that unannotated photons have.
  const tag = tags.filter((each) => each !== "0").join(",");
  return { ...(tag === "" ? {} : { tag }), ...(polarization === undefined ? {} : { polarization }) };
}

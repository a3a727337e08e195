import {
  type Input,
  isAnnotated,
  Malformed,
  type Mixture,
  type NoiseModel,
  noNoise,
  type PostSelection,
  parseAnnotatedState,
  parsePostSelection,
  quote,
  type StateVector,
} from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import type { Reading } from "./tagged-text.ts";

/** Takes apart a string that must bear one of the tags. */
export function requireTag<Tag extends string>(
  sent: unknown,
  tags: readonly Tag[],
  path: string,
  reading: Reading,
): { readonly tag: Tag; readonly body: string } {
  const wanted = tags.map((tag) => `:PCVL:${tag}:`).join(" or ");
  if (typeof sent !== "string") throw new BadPayload("not_text", path, kindOf(sent), wanted);
  const tagged = reading.tagged(sent, path);
  if (tagged === undefined) throw new BadPayload("not_tagged", path, quote(sent), wanted);
  const tag = tags.find((known) => known === tagged.tag);
  if (tag === undefined) throw new BadPayload("tag_unexpected", path, `:PCVL:${tagged.tag}:`, wanted);
  return { tag, body: tagged.body };
}

export function kindOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

/** Reads what enters an experiment: a state, a superposition or a mixture. */
export function readInput(sent: unknown, path: string, reading: Reading): Input {
  const { tag, body } = requireTag(sent, ["BasicState", "StateVector", "SVDistribution"], path, reading);
  return at(path, (): Input => {
    if (tag === "StateVector")
      return { kind: "mixture", mixture: [{ probability: 1, vector: parseStateVector(body) }] };
    if (tag === "SVDistribution") return { kind: "mixture", mixture: parseMixture(body) };
    const state = parseAnnotatedState(body);
    return isAnnotated(state)
      ? { kind: "annotated", state }
      : { kind: "fock", state: state.map((photons) => photons.length) };
  });
}

/** Reads `(re,im)*<state>+…`. */
function parseStateVector(text: string): StateVector {
  const term = /\(\s*([^(),]+?)\s*,\s*([^(),]+?)\s*\)\*(\|[^>]*>)(\+|$)/y;
  const terms: StateVector[number][] = [];
  while (term.lastIndex < text.length) {
    const from = term.lastIndex;
    const match = term.exec(text);
    if (match === null) throw new Malformed("state_vector", quote(text.slice(from)), "(re,im)*|state>");
    terms.push({ re: finite(match[1]!), im: finite(match[2]!), state: parseAnnotatedState(match[3]!) });
  }
  const modes = terms[0]?.state.length;
  if (modes === undefined) throw new Malformed("state_vector", quote(text), "at least one term");
  if (terms.some(({ state }) => state.length !== modes))
    throw new Malformed("state_vector", "terms of different sizes", "one number of modes");
  if (!terms.some(({ re, im }) => re !== 0 || im !== 0))
    throw new Malformed("state_vector", "amplitudes that are all zero", "a state");
  return terms;
}

/** Reads `{<state vector>=<probability>;…}`; probabilities are made to sum to one. */
function parseMixture(text: string): Mixture {
  if (!text.startsWith("{") || !text.endsWith("}"))
    throw new Malformed("mixture", quote(text), "{state vector=probability;...}");
  const entries = text
    .slice(1, -1)
    .split(";")
    .map((entry) => {
      const equals = entry.lastIndexOf("=");
      const probability = finite(entry.slice(equals + 1));
      if (equals < 0 || probability < 0)
        throw new Malformed("mixture", quote(entry), "state vector=probability");
      return { probability, vector: parseStateVector(entry.slice(0, equals)) };
    });
  const modes = entries[0]!.vector[0]!.state.length;
  if (entries.some(({ vector }) => vector[0]!.state.length !== modes))
    throw new Malformed("mixture", "states of different sizes", "one number of modes");
  const total = entries.reduce((sum, { probability }) => sum + probability, 0);
  if (!(total > 0)) throw new Malformed("mixture", "probabilities that are all zero", "a positive sum");
  return entries.map(({ probability, vector }) => ({ probability: probability / total, vector }));
}

function finite(text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new Malformed("number_not_finite", quote(text), "a finite number");
  return number;
}

export function readPostSelection(sent: unknown, path: string, reading: Reading): PostSelection | undefined {
  const { body } = requireTag(sent, ["PostSelect"], path, reading);
  return at(path, () => parsePostSelection(body));
}

const noiseKeys = {
  brightness: ["brightness", 1],
  indistinguishability: ["indistinguishability", 1],
  g2: ["g2", 1],
  transmittance: ["transmittance", 1],
  phase_imprecision: ["phaseImprecision", Number.MAX_VALUE],
  phase_error: ["phaseError", Math.PI],
} as const;

/** Reads a noise model; what it leaves out is ideal. */
export function readNoise(sent: unknown, path: string, reading: Reading): NoiseModel {
  const { body } = requireTag(sent, ["NoiseModel"], path, reading);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch (cause) {
    throw new BadPayload("noise_syntax", path, quote(body), "a JSON object", { cause });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new BadPayload("noise_syntax", path, kindOf(parsed), "a JSON object");
  }
  let noise = noNoise;
  for (const [key, value] of Object.entries(parsed)) {
    if (value === null) continue;
    if (key === "g2_distinguishable") {
      if (typeof value !== "boolean")
        throw new BadPayload("noise_value", `${path}.${key}`, kindOf(value), "true or false");
      noise = { ...noise, g2Distinguishable: value };
      continue;
    }
    if (!Object.hasOwn(noiseKeys, key)) {
      throw new BadPayload(
        "noise_unknown",
        path,
        quote(key),
        [...Object.keys(noiseKeys), "g2_distinguishable"].join(", "),
      );
    }
    const [name, most] = noiseKeys[key as keyof typeof noiseKeys];
    if (typeof value !== "number" || !(value >= 0 && value <= most)) {
      throw new BadPayload("noise_value", `${path}.${key}`, String(value).slice(0, 40), `0 to ${most}`);
    }
    noise = { ...noise, [name]: value };
  }
  if (noise.brightness * noise.g2 > 0.5) {
    throw new BadPayload(
      "noise_value",
      path,
      `brightness times g2 of ${noise.brightness * noise.g2}`,
      "at most 0.5: no source of single photons has more",
    );
  }
  return noise;
}

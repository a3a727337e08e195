import {
  type AnnotatedState,
  type Input,
  type Mixture,
  type NoiseModel,
  type PostSelection,
  parseAnnotatedState,
  parseMixture,
  parsePostSelection,
  parseState,
  parseStateVector,
  quote,
  type StateVector,
} from "../model/index.ts";
import { at, BadPayload } from "./bad-payload.ts";
import { kindOf } from "./json-kind.ts";
import { parseNoise } from "./noise-text.ts";
import type { Reading } from "./reading.ts";

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

/** Reads what enters an experiment: a state, a superposition or a mixture. */
export function readInput(sent: unknown, path: string, reading: Reading): Input {
  const { tag, body } = requireTag(sent, ["BasicState", "StateVector", "SVDistribution"], path, reading);
  if (tag === "StateVector")
    return { kind: "mixture", mixture: [{ probability: 1, vector: readStateVector(body, path, reading) }] };
  if (tag === "SVDistribution") return { kind: "mixture", mixture: readMixture(body, path, reading) };
  const input = at(path, () => parseState(body));
  reading.countGrammar(body, () => path);
  reading.countSlots(input.kind === "fock" ? input.state.length : slotsOf(input.state), () => path);
  return input;
}

export function readState(body: string, path: string, reading: Reading): AnnotatedState {
  const state = at(path, () => parseAnnotatedState(body));
  reading.countGrammar(body, () => path);
  reading.countSlots(slotsOf(state), () => path);
  return state;
}

export function readStateVector(body: string, path: string, reading: Reading): StateVector {
  const vector = at(path, () => parseStateVector(body));
  reading.countGrammar(body, () => path);
  for (const { state } of vector) reading.countSlots(slotsOf(state), () => path);
  return vector;
}

export function readMixture(body: string, path: string, reading: Reading): Mixture {
  const mixture = at(path, () => parseMixture(body));
  reading.countGrammar(body, () => path);
  for (const { vector } of mixture)
    for (const { state } of vector) reading.countSlots(slotsOf(state), () => path);
  return mixture;
}

function slotsOf(state: AnnotatedState): number {
  return state.reduce((sum, photons) => sum + 1 + photons.length, 0);
}

export function readPostSelection(sent: unknown, path: string, reading: Reading): PostSelection | undefined {
  return readCondition(requireTag(sent, ["PostSelect"], path, reading).body, path, reading);
}

export function readCondition(body: string, path: string, reading: Reading): PostSelection | undefined {
  const condition = at(path, () => parsePostSelection(body));
  reading.countGrammar(body, () => path, 8);
  return condition;
}

/** Reads a noise model; what it leaves out is ideal. */
export function readNoise(sent: unknown, path: string, reading: Reading): NoiseModel {
  return parseNoise(requireTag(sent, ["NoiseModel"], path, reading).body, path, reading);
}

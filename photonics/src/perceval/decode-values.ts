import {
  type AnnotatedState,
  type Input,
  type NoiseModel,
  type PostSelection,
  parseMixture,
  parsePostSelection,
  parseState,
  parseStateVector,
  quote,
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
  const input = at(path, (): Input => {
    if (tag === "StateVector")
      return { kind: "mixture", mixture: [{ probability: 1, vector: parseStateVector(body) }] };
    if (tag === "SVDistribution") return { kind: "mixture", mixture: parseMixture(body) };
    return parseState(body);
  });
  reading.countSlots(slotsOf(input), () => path);
  return input;
}

function slotsOf(input: Input): number {
  const slots = (state: AnnotatedState) => state.reduce((sum, photons) => sum + 1 + photons.length, 0);
  if (input.kind === "fock") return input.state.length;
  if (input.kind === "annotated") return slots(input.state);
  let sum = 0;
  for (const { vector } of input.mixture) for (const { state } of vector) sum += slots(state);
  return sum;
}

export function readPostSelection(sent: unknown, path: string, reading: Reading): PostSelection | undefined {
  const { body } = requireTag(sent, ["PostSelect"], path, reading);
  return at(path, () => parsePostSelection(body));
}

/** Reads a noise model; what it leaves out is ideal. */
export function readNoise(sent: unknown, path: string, reading: Reading): NoiseModel {
  return parseNoise(requireTag(sent, ["NoiseModel"], path, reading).body, path);
}

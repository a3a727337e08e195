import { type NoiseModel, noNoise, quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { kindOf } from "./json-kind.ts";
import type { Reading } from "./reading.ts";

const noiseKeys = {
  brightness: ["brightness", 1],
  indistinguishability: ["indistinguishability", 1],
  g2: ["g2", 1],
  transmittance: ["transmittance", 1],
  phase_imprecision: ["phaseImprecision", Number.MAX_VALUE],
  phase_error: ["phaseError", Math.PI],
} as const;

const lengthMax = 4096;

/** Reads a noise model as JSON; what it leaves out is ideal. @throws {BadPayload} `noise_*` */
export function parseNoise(body: string, path: string, reading: Reading): NoiseModel {
  if (body.length > lengthMax)
    throw new BadPayload("noise_syntax", path, `${body.length} characters`, `at most ${lengthMax}`);
  reading.countGrammar(body, () => path);
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
      throw new BadPayload(
        "noise_value",
        `${path}.${key}`,
        typeof value === "number" ? String(value) : kindOf(value),
        `0 to ${most}`,
      );
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

/** Writes a noise model as JSON, without what is ideal. */
export function printNoise(noise: NoiseModel): string {
  const sent: Record<string, unknown> = {};
  for (const [key, [name]] of Object.entries(noiseKeys))
    if (noise[name] !== noNoise[name]) sent[key] = noise[name];
  if (noise.g2Distinguishable !== noNoise.g2Distinguishable)
    sent.g2_distinguishable = noise.g2Distinguishable;
  return JSON.stringify(sent);
}

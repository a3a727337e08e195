import { type Iteration, quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { requireTags } from "./decode-value.ts";
import { readInput, readNoise } from "./decode-values.ts";
import { type JsonObject, kindOf, optionalCount, optionalObject, requireObject } from "./json-kind.ts";
import { under } from "./path.ts";
import type { Reading } from "./reading.ts";

/**
 * Reads what an iterator changes, step by step.
 * @param heralded photons that the steps' filters count and the model's do not
 * @throws {BadPayload}
 */
export function readIterations(sent: unknown, path: string, reading: Reading, heralded: number): Iteration[] {
  if (sent == null) return [];
  if (!Array.isArray(sent)) throw new BadPayload("iterator", path, kindOf(sent), "a list");
  const most = reading.limits.iterations;
  if (sent.length > most)
    throw new BadPayload("iterator", path, `${sent.length} iterations`, `at most ${most}`);
  return sent.map((entry, i) => {
    const where = `${path}[${i}]`;
    return readIteration(requireObject(entry, where), where, reading, heralded);
  });
}

/** Below zero where less is asked for than the heralds do. */
function optionalFilter(sent: unknown, path: string): number | undefined {
  return typeof sent === "number" && sent < 0 && Number.isSafeInteger(sent)
    ? sent
    : optionalCount(sent, path);
}

const readKeys = new Set(["circuit_params", "input_state", "noise"]);

function readIteration(sent: JsonObject, path: string, reading: Reading, heralded: number): Iteration {
  const filter = optionalFilter(sent.min_detected_photons, `${path}.min_detected_photons`);
  const maxSamples = optionalCount(sent.max_samples, `${path}.max_samples`);
  const maxShots = optionalCount(sent.max_shots, `${path}.max_shots`);
  for (const [key, value] of Object.entries(sent)) {
    requireTags(key, `${path} (a key)`, reading);
    if (!readKeys.has(key)) requireTags(value, under(path, key), reading);
  }
  return {
    circuitParameters: readCircuitParameters(sent.circuit_params, `${path}.circuit_params`),
    ...(sent.input_state == null
      ? {}
      : { input: readInput(sent.input_state, `${path}.input_state`, reading) }),
    ...(sent.noise == null ? {} : { noise: readNoise(sent.noise, `${path}.noise`, reading) }),
    ...(filter === undefined ? {} : { minDetectedPhotons: filter - heralded }),
    ...(maxSamples === undefined ? {} : { maxSamples }),
    ...(maxShots === undefined ? {} : { maxShots }),
    sent,
  };
}

function readCircuitParameters(sent: unknown, path: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const [name, value] of Object.entries(optionalObject(sent, path))) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name))
      throw new BadPayload("parameter_name", path, quote(name), "a name of letters, digits and _");
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new BadPayload("number_not_finite", `${path}.${name}`, kindOf(value), "a finite number");
    }
    values.set(name, value);
  }
  return values;
}

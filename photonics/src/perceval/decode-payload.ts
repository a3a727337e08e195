import {
  type Command,
  commands,
  type Detector,
  type Experiment,
  type Herald,
  heraldsOf,
  type Iteration,
  noNoise,
  type PhotonicJob,
  quote,
} from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { toCircuit } from "./decode-component.ts";
import { decodeExperimentMessage, requireModes, toDetector, toLayeredDetector } from "./decode-experiment.ts";
import { kindOf, readInput, readNoise, readPostSelection, requireTag } from "./decode-values.ts";
import { checkJobContext } from "./job-context.ts";
import { requireDepth } from "./json-depth.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { decodeMessage } from "./protobuf-decode.ts";
import { decodeBase64, Reading } from "./tagged-text.ts";

type Sent = Readonly<Record<string, unknown>>;

/**
 * Reads the payload of a job, of any client from 0.7 to 1.1, into the one model. Keys that are not known have no effect.
 * @throws {BadPayload} and nothing else, whatever it is given
 */
export function decodePayload(payload: unknown, limits: Limits = defaultLimits): PhotonicJob {
  const path = "payload";
  const sent = requireObject(payload, path);
  requireDepth(sent, limits.jsonDepth, path);
  const reading = new Reading(limits);
  const parameters = sent.parameters == null ? {} : requireObject(sent.parameters, `${path}.parameters`);
  const experiment =
    sent.experiment == null
      ? readParts(sent, path, reading)
      : readExperiment(sent.experiment, `${path}.experiment`, reading);
  // Before 1.0 the filter counts heralded photons too.
  const heralded = sent.experiment == null ? sumOf(heraldsOf(experiment.outputPorts).values()) : 0;
  const minDetectedPhotons = optionalCount(
    parameters.min_detected_photons,
    `${path}.parameters.min_detected_photons`,
  );
  const maxSamples = optionalCount(
    sent.max_samples ?? sent.count ?? parameters.max_samples,
    `${path}.max_samples`,
  );
  const maxShots = optionalCount(sent.max_shots ?? parameters.max_shots, `${path}.max_shots`);
  const seed = optionalCount(sent.seed ?? parameters.seed, `${path}.seed`);
  checkJobContext(sent.job_context, `${path}.job_context`);
  return {
    command: readCommand(sent.command, `${path}.command`),
    experiment:
      minDetectedPhotons === undefined
        ? experiment
        : { ...experiment, minDetectedPhotons: unheralded(minDetectedPhotons, heralded) },
    thresholded: parameters.thresholded === true,
    minClickedModes: optionalCount(parameters.mode_post_select, `${path}.parameters.mode_post_select`) ?? 0,
    ...(maxSamples === undefined ? {} : { maxSamples }),
    ...(maxShots === undefined ? {} : { maxShots }),
    iterations: readIterations(sent.iterator, `${path}.iterator`, reading).map((iteration) => ({
      ...iteration,
      ...(iteration.minDetectedPhotons === undefined
        ? {}
        : { minDetectedPhotons: unheralded(iteration.minDetectedPhotons, heralded) }),
    })),
    ...(seed === undefined ? {} : { seed }),
    ...(sent.job_context == null ? {} : { jobContext: sent.job_context }),
  };
}

function unheralded(photons: number, heralded: number): number {
  return Math.max(0, photons - heralded);
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

function readCommand(sent: unknown, path: string): Command {
  const command = commands.find((known) => known === sent);
  if (command === undefined) {
    throw new BadPayload(
      "command",
      path,
      typeof sent === "string" ? quote(sent) : kindOf(sent),
      commands.join(", "),
    );
  }
  return command;
}

function readExperiment(sent: unknown, path: string, reading: Reading): Experiment {
  const { body } = requireTag(sent, ["Experiment"], path, reading);
  return decodeExperimentMessage(
    decodeMessage("Experiment", decodeBase64(body, path), path, reading.limits),
    path,
    reading,
  );
}

/** The payloads before 1.0 have the parts of an experiment side by side. */
function readParts(sent: Sent, path: string, reading: Reading): Experiment {
  const where = `${path}.circuit`;
  const { body } = requireTag(sent.circuit, ["ACircuit"], where, reading);
  const circuit = toCircuit(
    decodeMessage("Circuit", decodeBase64(body, where), where, reading.limits),
    where,
    reading,
  );
  const postSelection =
    sent.postselect == null ? undefined : readPostSelection(sent.postselect, `${path}.postselect`, reading);
  requireModes(postSelection, circuit.modes, `${path}.postselect`);
  return {
    kind: "experiment",
    name: circuit.name,
    modes: circuit.modes,
    components: circuit.components,
    ...(sent.input_state == null
      ? {}
      : { input: readInput(sent.input_state, `${path}.input_state`, reading) }),
    inputPorts: new Map(),
    outputPorts: readHeralds(sent.heralds, circuit.modes, `${path}.heralds`),
    detectors: readDetectors(sent.detectors, circuit.modes, `${path}.detectors`, reading),
    noise: sent.noise == null ? noNoise : readNoise(sent.noise, `${path}.noise`, reading),
    ...(postSelection === undefined ? {} : { postSelection }),
    minDetectedPhotons: 0,
  };
}

/** `{"<mode>": <photons>}`. */
function readHeralds(sent: unknown, modes: number, path: string): Map<number, Herald> {
  const heralds = new Map<number, Herald>();
  if (sent == null) return heralds;
  for (const [key, value] of Object.entries(requireObject(sent, path))) {
    const mode = /^\d{1,4}$/.test(key) ? Number(key) : -1;
    if (mode < 0 || mode >= modes) throw new BadPayload("mode", path, quote(key), `modes 0 to ${modes - 1}`);
    const photons = optionalCount(value, `${path}.${key}`) ?? 0;
    heralds.set(mode, { kind: "herald", name: "", photons, autogeneratedName: true });
  }
  return heralds;
}

/** A list with a detector, or null, for each mode. */
function readDetectors(sent: unknown, modes: number, path: string, reading: Reading): Map<number, Detector> {
  const detectors = new Map<number, Detector>();
  if (sent == null) return detectors;
  if (!Array.isArray(sent) || sent.length > modes)
    throw new BadPayload("detectors", path, kindOf(sent), `a list of at most ${modes}`);
  for (const [mode, entry] of sent.entries()) {
    if (entry === null) continue;
    const where = `${path}[${mode}]`;
    const { tag, body } = requireTag(entry, ["Detector", "BSLayeredDetector"], where, reading);
    const bytes = decodeBase64(body, where);
    detectors.set(
      mode,
      tag === "Detector"
        ? toDetector(decodeMessage("Detector", bytes, where, reading.limits), where)
        : toLayeredDetector(decodeMessage("BSLayeredPPNR", bytes, where, reading.limits), where),
    );
  }
  return detectors;
}

function readIterations(sent: unknown, path: string, reading: Reading): Iteration[] {
  if (sent == null) return [];
  if (!Array.isArray(sent)) throw new BadPayload("iterator", path, kindOf(sent), "a list");
  if (sent.length > reading.limits.iterations) {
    throw new BadPayload(
      "iterator",
      path,
      `${sent.length} iterations`,
      `at most ${reading.limits.iterations}`,
    );
  }
  return sent.map((entry, i) =>
    readIteration(requireObject(entry, `${path}[${i}]`), `${path}[${i}]`, reading),
  );
}

function readIteration(sent: Sent, path: string, reading: Reading): Iteration {
  const minDetectedPhotons = optionalCount(sent.min_detected_photons, `${path}.min_detected_photons`);
  const maxSamples = optionalCount(sent.max_samples, `${path}.max_samples`);
  const maxShots = optionalCount(sent.max_shots, `${path}.max_shots`);
  return {
    circuitParameters: readCircuitParameters(sent.circuit_params, `${path}.circuit_params`),
    ...(sent.input_state == null
      ? {}
      : { input: readInput(sent.input_state, `${path}.input_state`, reading) }),
    ...(sent.noise == null ? {} : { noise: readNoise(sent.noise, `${path}.noise`, reading) }),
    ...(minDetectedPhotons === undefined ? {} : { minDetectedPhotons }),
    ...(maxSamples === undefined ? {} : { maxSamples }),
    ...(maxShots === undefined ? {} : { maxShots }),
    sent,
  };
}

function readCircuitParameters(sent: unknown, path: string): Map<string, number> {
  const values = new Map<string, number>();
  if (sent == null) return values;
  for (const [name, value] of Object.entries(requireObject(sent, path))) {
    if (typeof value !== "number" || !Number.isFinite(value)) {
      throw new BadPayload(
        "number_not_finite",
        `${path}.${name.slice(0, 64)}`,
        kindOf(value),
        "a finite number",
      );
    }
    values.set(name, value);
  }
  return values;
}

function requireObject(sent: unknown, path: string): Sent {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) {
    throw new BadPayload("not_object", path, kindOf(sent), "an object");
  }
  return sent as Sent;
}

function optionalCount(sent: unknown, path: string): number | undefined {
  if (sent == null) return undefined;
  if (typeof sent !== "number" || !Number.isSafeInteger(sent) || sent < 0) {
    throw new BadPayload(
      "count",
      path,
      typeof sent === "number" ? String(sent) : kindOf(sent),
      "a whole number of at least 0",
    );
  }
  return sent;
}

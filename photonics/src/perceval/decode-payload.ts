import { type Command, commands, heraldsOf, type PhotonicJob, quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { readIterations } from "./decode-iterator.ts";
import { readExperiment, readParts } from "./decode-parts.ts";
import { requireTags } from "./decode-value.ts";
import { checkJobContext } from "./job-context.ts";
import {
  type JsonObject,
  kindOf,
  optionalCount,
  optionalFlag,
  optionalObject,
  requireObject,
} from "./json-kind.ts";
import { requireShallow } from "./json-walk.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { under } from "./path.ts";
import { Reading } from "./reading.ts";

/** Keys whose tagged strings are read for what they mean, in a payload that has an experiment and in one that has not. */
const keysOfWhole: ReadonlySet<string> = new Set(["experiment", "iterator", "job_context"]);
const keysOfParts: ReadonlySet<string> = new Set([
  ...keysOfWhole,
  "circuit",
  "input_state",
  "postselect",
  "noise",
  "detectors",
]);

/**
 * Reads the payload of a job, of any client from 0.7 to 1.1, into the one model. Keys that are not known have no
 * effect, but a tagged string anywhere must be one that can be read: others decode it too.
 * @param payload what `JSON.parse` gave
 * @throws {BadPayload} and nothing else, whatever it is given
 */
export function decodePayload(payload: unknown, limits: Limits = defaultLimits): PhotonicJob {
  const path = "payload";
  const reading = new Reading(limits);
  const sent = requireObject(payload, path);
  requireShallow(sent, path, reading);
  const command = readCommand(sent.command, `${path}.command`);
  const parameters = optionalObject(sent.parameters, `${path}.parameters`);
  checkJobContext(sent.job_context, `${path}.job_context`, reading);
  const inParts = sent.experiment == null;
  const experiment = inParts
    ? readParts(sent, path, reading)
    : readExperiment(sent.experiment, `${path}.experiment`, reading);
  // Before 1.0 the filter counts heralded photons too, and asks for none when it is left out.
  const heralded = inParts ? sumOf(heraldsOf(experiment.outputPorts).values()) : 0;
  const filter =
    optionalCount(parameters.min_detected_photons, `${path}.parameters.min_detected_photons`) ??
    experiment.minDetectedPhotons;
  requireOtherTags(sent, inParts ? keysOfParts : keysOfWhole, path, reading);
  return {
    command,
    experiment: { ...experiment, minDetectedPhotons: filter - heralded },
    thresholded: optionalFlag(parameters.thresholded, `${path}.parameters.thresholded`),
    minClickedModes: optionalCount(parameters.mode_post_select, `${path}.parameters.mode_post_select`) ?? 0,
    ...readBounds(sent, parameters, path),
    iterations: readIterations(sent.iterator, `${path}.iterator`, reading, heralded),
    ...(sent.job_context == null ? {} : { jobContext: sent.job_context }),
  };
}

function readCommand(sent: unknown, path: string): Command {
  const command = commands.find((known) => known === sent);
  if (command === undefined) {
    const found = typeof sent === "string" ? quote(sent) : kindOf(sent);
    throw new BadPayload("command", path, found, commands.join(", "));
  }
  return command;
}

/** Clients have put these beside the command, or among the parameters; `count` is what 0.7 calls the samples. */
function readBounds(sent: JsonObject, parameters: JsonObject, path: string) {
  const maxSamples = optionalCount(
    sent.max_samples ?? sent.count ?? parameters.max_samples,
    `${path}.max_samples`,
  );
  const maxShots = optionalCount(sent.max_shots ?? parameters.max_shots, `${path}.max_shots`);
  const seed = optionalCount(sent.seed ?? parameters.seed, `${path}.seed`);
  return {
    ...(maxSamples === undefined ? {} : { maxSamples }),
    ...(maxShots === undefined ? {} : { maxShots }),
    ...(seed === undefined ? {} : { seed }),
  };
}

function requireOtherTags(sent: JsonObject, read: ReadonlySet<string>, path: string, reading: Reading): void {
  for (const [key, value] of Object.entries(sent)) {
    requireTags(key, `${path} (a key)`, reading);
    if (!read.has(key)) requireTags(value, under(path, key), reading);
  }
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}

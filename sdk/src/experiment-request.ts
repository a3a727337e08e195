import { type Command, type Experiment, type JobOptions, job } from "@corbenic/photonics/model";
import { encodePayload } from "@corbenic/photonics/perceval";
import type { Payload } from "./job.ts";

/** What is asked about an experiment. */
export interface ExperimentRequest extends JobOptions {
  readonly command?: Command;
}

/** The version of the client whose form `payloadOf` writes. */
export const payloadVersion = "1.1.1";

/** The payload that asks for an experiment, as clients serialize it. */
export function payloadOf(
  experiment: Experiment,
  { command = "probs", ...options }: ExperimentRequest,
): Payload {
  return encodePayload(job(command, experiment, options));
}

import { isProblemCode, problems } from "./problems.ts";

/**
 * Why a job ended in error, and what its owner can do: by code, beside those of `problems` that a worker finds, such as
 * `invalid_payload`. Codes are stable. Workers may report others, for what only they know of.
 */
export const jobErrors = {
  worker_lost: {
    meaning: "Its workers went silent in as many attempts as it has.",
    remedy: "Run it again; if that ends alike, make it smaller or tell an administrator.",
  },
  stopped_workers: {
    meaning: "Its workers went silent twice, so that it is taken for the cause. Its platform is flagged.",
    remedy: "Make it smaller, or tell an administrator, who sees the flag.",
  },
  too_long: {
    meaning: "It ran longer than it may.",
    remedy: "Ask for fewer samples or iterations, or split the job.",
  },
  handed_back: {
    meaning: "Its workers handed it back as often as a job is given out.",
    remedy: "Run it again later, or on another platform.",
  },
  waited_too_long: {
    meaning: "It waited longer than a job may.",
    remedy: "Clone it to a platform that runs jobs.",
  },
  platform_deleted: {
    meaning: "Its platform was deleted while it waited.",
    remedy: "Clone it to another platform.",
  },
  cloud_restored: {
    meaning: "The cloud was restored from a backup during its last attempt.",
    remedy: "Run it again.",
  },
  out_of_memory: {
    meaning: "It needs more memory than one job may take on its worker.",
    remedy: "Use fewer photons or modes, or a platform that takes larger jobs.",
  },
  worker_too_small: {
    meaning: "It is expected to need more memory than any of its workers has.",
    remedy: "Use fewer photons or modes, or tell an administrator to give the worker more memory.",
  },
  simulation_broke: {
    meaning: "The simulation met something that nobody expected.",
    remedy: "Run it again; if that ends alike, tell an administrator, with the job's id.",
  },
  result_refused: {
    meaning: "The cloud did not take its result, which is too large or not one that clients can read.",
    remedy: "Ask for less in one job, or tell an administrator, with the job's id.",
  },
  no_input: {
    meaning: "The experiment has no input state, and neither has the iteration.",
    remedy: "Give it an input.",
  },
  input_modes: {
    meaning: "The input state and the circuit have different numbers of modes.",
    remedy: "Give as many modes as the circuit has; heralded ones may be left out.",
  },
  unbounded: {
    meaning: "`samples` or `sample_count` has neither `max_shots` nor `max_samples`.",
    remedy: "Give at least one.",
  },
  too_many_states: {
    meaning: "The photons have more states in the modes than fit; the sentence tells how many.",
    remedy: "Use fewer photons or modes. Loss, time delays and polarization add modes, g2 adds photons.",
  },
  too_many_photons: {
    meaning:
      "Samples of more states than fit are drawn event by event, and more photons interfere than that is possible for.",
    remedy: "Use fewer photons.",
  },
  parameter_without_value: {
    meaning: "A parameter of the circuit has no value, and neither circuit nor iteration gives one.",
    remedy: "Give it one.",
  },
  matrix_not_unitary: {
    meaning: "A matrix is not unitary; the sentence tells by how much.",
    remedy: "Use a unitary matrix. Loss is what loss channels are for.",
  },
  loss: {
    meaning: "A loss channel loses less than nothing or more than all.",
    remedy: "Use a loss from 0 to 1.",
  },
  delay: {
    meaning: "A time delay is no whole number of periods, or too long.",
    remedy: "Use 0 to 64 periods.",
  },
  feed_forward_delay: {
    meaning: "A circuit has both feed-forward and time delays.",
    remedy: "Use one of them.",
  },
  feed_forward_modes: {
    meaning: "Feed-forward puts a circuit on modes that the experiment does not have.",
    remedy: "Change its offset or the circuit's size.",
  },
  feed_forward_heralds: {
    meaning: "A choice of feed-forward is an experiment with heralds on one side only.",
    remedy: "Give the same heralds on both sides.",
  },
  feed_forward_measured: {
    meaning: "Something stands on a mode behind its measurement.",
    remedy: "Put it before, or on another mode.",
  },
} as const satisfies Record<string, { readonly meaning: string; readonly remedy: string }>;

export type JobErrorCode = keyof typeof jobErrors;

/** Where the page `/problems` of the cloud tells of a code, and what to do about it; undefined for what only a worker knows. */
export function explainJobError(
  code: string,
): { readonly remedy: string; readonly anchor: string } | undefined {
  if (Object.hasOwn(jobErrors, code))
    return { remedy: jobErrors[code as JobErrorCode].remedy, anchor: `job-${code}` };
  return isProblemCode(code) ? { remedy: problems[code].remedy, anchor: code } : undefined;
}

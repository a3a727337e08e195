/**
 * The rules on which the life of a job rests. The model obeys all of them; leaving out any single one must break an
 * invariant, or the rule would not be needed or the model would not see it.
 */
export const rules = {
  complete_names_lease: "A result counts only under the lease that the job has.",
  renew_names_lease: "A renewal counts only under the lease that the job has.",
  fail_names_lease: "A failure counts only under the lease that the job has.",
  release_names_lease: "A release counts only under the lease that the job has.",
  acquire_draws_lease: "Each attempt has a lease of its own, whose id no other attempt ever has.",
  requeue_clears_lease: "A job that waits again has no lease.",
  suspend_clears_lease: "A job that is suspended has no lease.",
  ended_takes_no_report: "A report on a job that has ended changes nothing, not even under its last lease.",
  complete_once: "A repeated result is answered as the first was, and not stored again.",
  result_with_state: "The result is stored in the statement that completes the job.",
  staged_by_lease: "Completing publishes only what was staged under the same lease.",
  cancel_beats_requeue: "A job whose cancellation was asked for never waits again.",
  cancel_waiting_at_once: "Canceling a job that nobody runs ends it.",
  cancel_rechecks: "Canceling acts on the state that the job has, not on one read before.",
  reaper_rechecks: "The reaper acts on the lease that the job has, not on one read before.",
  attempts_bounded: "A job whose attempts are spent does not wait for another.",
  leases_bounded: "Attempts that do not count are bounded all the same.",
} as const;

export type Rule = keyof typeof rules;
export const ruleNames = Object.keys(rules) as Rule[];

/** Whether a rule is obeyed. */
export type Obeys = (rule: Rule) => boolean;

import { quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";
import { requireTags } from "./decode-value.ts";
import { kindOf } from "./json-kind.ts";
import { jsonLength } from "./json-walk.ts";
import type { Reading } from "./reading.ts";

/** The converters that a client may ask itself to apply to a result. It imports what it finds there, so nothing else passes. */
const converters = [
  "probs_to_sample_count",
  "probs_to_samples",
  "sample_count_to_probs",
  "sample_count_to_samples",
  "samples_to_probs",
  "samples_to_sample_count",
];

/**
 * Checks what clients do with a job's context when they read the result: they decode its tagged strings and call what
 * `result_mapping` names. All else is theirs.
 * @throws {BadPayload}
 */
export function checkJobContext(context: unknown, path: string, reading: Reading): void {
  const most = reading.limits.jobContextLength;
  const length = jsonLength(context);
  if (length > most)
    throw new BadPayload("job_context_too_large", path, `${length} characters`, `at most ${most}`);
  requireTags(context, path, reading);
  if (typeof context !== "object" || context === null || !("result_mapping" in context)) return;
  const mapping = context.result_mapping;
  const known =
    Array.isArray(mapping) &&
    mapping.length === 2 &&
    mapping[0] === "perceval.utils" &&
    converters.includes(mapping[1]);
  if (!known) {
    throw new BadPayload(
      "result_mapping",
      `${path}.result_mapping`,
      Array.isArray(mapping) ? mapping.slice(0, 3).map(shown).join(", ") : shown(mapping),
      `["perceval.utils", one of ${converters.join(", ")}]`,
    );
  }
}

function shown(value: unknown): string {
  return typeof value === "string" ? quote(value) : kindOf(value);
}

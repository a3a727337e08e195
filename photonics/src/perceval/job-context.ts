import { BadPayload } from "./bad-payload.ts";

/** The converters that a client may ask itself to apply to a result. It imports what it finds there, so nothing else passes. */
const converters = [
  "probs_to_sample_count",
  "probs_to_samples",
  "sample_count_to_probs",
  "sample_count_to_samples",
  "samples_to_probs",
  "samples_to_sample_count",
];

/** Checks the part of a job's context that clients act on when they read the result. @throws {BadPayload} */
export function checkJobContext(context: unknown, path: string): void {
  if (typeof context !== "object" || context === null || !("result_mapping" in context)) return;
  const mapping = context.result_mapping;
  const known =
    Array.isArray(mapping) &&
    mapping.length === 2 &&
    mapping[0] === "perceval.utils" &&
    converters.includes(mapping[1]);
  if (mapping !== null && !known) {
    throw new BadPayload(
      "result_mapping",
      `${path}.result_mapping`,
      JSON.stringify(mapping)?.slice(0, 80) ?? "nothing",
      `["perceval.utils", one of ${converters.join(", ")}]`,
    );
  }
}

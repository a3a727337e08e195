import { type Input, misfitOf, type PhotonicJob, photonsIn } from "@corbenic/photonics/model";
import type { CodedFinding } from "./findings.ts";
import type { PayloadRules } from "./payload-check.ts";

/** Whether each input fits the experiment. Of iterations, which may be thousands, the first that is wrong stands for all. */
export function checkInputs({ experiment, iterations }: PhotonicJob): CodedFinding[] {
  const at = (path: string, input: Input | undefined) => {
    const misfit = input === undefined ? undefined : misfitOf(experiment, input);
    return misfit === undefined ? [] : [{ path, ...misfit }];
  };
  const misfits = [
    ...at("payload.input_state", experiment.input),
    ...iterations
      .flatMap(({ input }, index) => at(`payload.iterator[${index}].input_state`, input))
      .slice(0, 1),
  ];
  return misfits.map(({ path, ...misfit }) => {
    const [found, allowed] = [`${misfit.found} modes`, `${misfit.allowed.join(" or ")} modes`];
    const message = `The input state (${path}) has ${found}, but the experiment takes ${allowed}.`;
    return { code: "invalid_payload" as const, path, found, allowed, message };
  });
}

/** What the platform says of modes, photons and inputs. */
export function checkConstraints(
  { experiment, iterations }: PhotonicJob,
  rules: PayloadRules,
): CodedFinding[] {
  const findings: CodedFinding[] = [];
  const { constraints = {} } = rules.specs;
  const limit = (
    what: string,
    path: string,
    found: number,
    least: number | undefined,
    most: number | undefined,
  ) => {
    if (found >= (least ?? 0) && found <= (most ?? Number.POSITIVE_INFINITY)) return;
    const allowed = most === undefined || found < (least ?? 0) ? `at least ${least}` : `at most ${most}`;
    findings.push(beyond(rules, path, `${found} ${what}`, allowed));
  };
  limit("modes", "payload.modes", experiment.modes, constraints.min_mode_count, constraints.max_mode_count);
  // Iterations mostly keep the input: only the extremes are worth a sentence.
  const inputs = [experiment.input, ...iterations.map(({ input }) => input)].filter(
    (input) => input !== undefined,
  );
  const photons = inputs.map(photonsOf);
  if (photons.length > 0) {
    const { min_photon_count: least, max_photon_count: most } = constraints;
    const [low, high] = extremes(photons);
    limit("photons", "payload.input_state", high, undefined, most);
    limit("photons", "payload.input_state", low, least, undefined);
  }
  if (constraints.support_multi_photon === false && inputs.some((input) => mostInOneMode(input) > 1)) {
    findings.push(beyond(rules, "payload.input_state", "several photons in one mode", "at most 1 in each"));
  }
  return findings;
}

/** The least and the most, without spreading a list of any length. */
function extremes(numbers: readonly number[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, 0];
  for (const number of numbers) [low, high] = [Math.min(low, number), Math.max(high, number)];
  return [low, high];
}

/** What exceeds a limit of the platform. */
export function beyond(
  { platformName }: PayloadRules,
  path: string,
  found: string,
  allowed: string,
): CodedFinding {
  const message = `${platformName} does not take ${found} (${path}): allowed is ${allowed}.`;
  return { code: "platform_limit_exceeded", path, found, allowed, message };
}

function photonsOf(input: Input): number {
  let most = 0;
  for (const counts of countsOf(input)) most = Math.max(most, photonsIn(counts));
  return most;
}

function mostInOneMode(input: Input): number {
  let most = 0;
  for (const counts of countsOf(input)) for (const count of counts) most = Math.max(most, count);
  return most;
}

/** The photons in each mode, of every term of the input. */
function countsOf(input: Input): readonly (readonly number[])[] {
  if (input.kind === "fock") return [input.state];
  if (input.kind === "annotated") return [input.state.map((photons) => photons.length)];
  return input.mixture.flatMap(({ vector }) =>
    vector.map(({ state }) => state.map((photons) => photons.length)),
  );
}

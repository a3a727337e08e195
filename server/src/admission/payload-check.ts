import { admit, DEFAULT_COST_LIMITS, type EngineSpeed } from "@corbenic/photonics/cost";
import { commands, type PhotonicJob } from "@corbenic/photonics/model";
import { BadPayload, decodePayload } from "@corbenic/photonics/perceval";
import type { PlatformSpecs } from "@corbenic/protocol";
import type { PlatformLimits } from "../platforms/platform-limits.ts";
import { beyond, checkConstraints, checkInputs } from "./constraint-check.ts";
import type { CodedFinding } from "./findings.ts";

/** What a payload is held against. Plain data, as it also travels to a thread. */
export interface PayloadRules {
  readonly platformName: string;
  /** Whether the platform computes: then what the computation would cost decides, too. */
  readonly simulates: boolean;
  /** How fast it does. */
  readonly speed: EngineSpeed;
  readonly specs: PlatformSpecs;
  readonly limits: PlatformLimits;
  /** Seconds that one attempt may run. */
  readonly durationSMax: number;
  /** Shots that the token's scope allows one job. */
  readonly tokenShotsMax: number | null;
}

export interface PayloadVerdict {
  /** Everything that is wrong with it; empty when it may run. */
  readonly findings: readonly CodedFinding[];
  /** Empty where the payload names none that is known. */
  readonly command: string;
  /** Shots that the job may make at most, all its iterations together; null where it names no bound. */
  readonly shots: number | null;
}

/**
 * Decodes a payload whole and holds it against the platform and the token. Never simulates, and never stops at
 * the first finding: what a decoded job takes is only known of one that can be decoded, everything else is looked
 * at in any case.
 */
export function checkPayload(
  payload: Readonly<Record<string, unknown>>,
  rules: PayloadRules,
): PayloadVerdict {
  const { command, findings: commandFindings } = checkCommand(payload.command, rules);
  // An unknown command is found already: another in its place shows what else is wrong.
  const decoded = decode({ ...payload, command: command ?? commands[0] });
  const findings = [...commandFindings];
  if ("finding" in decoded) findings.push(decoded.finding);
  else {
    findings.push(...checkInputs(decoded.job), ...checkConstraints(decoded.job, rules));
    if (command !== undefined && rules.simulates) findings.push(...checkCost(decoded.job, rules));
  }
  const shots = "job" in decoded ? shotsOf(decoded.job) : null;
  if ("job" in decoded) findings.push(...checkShots(shots, command, rules));
  return { findings, command: command ?? "", shots };
}

function decode(
  payload: Readonly<Record<string, unknown>>,
): { job: PhotonicJob } | { finding: CodedFinding } {
  try {
    return { job: decodePayload(payload) };
  } catch (error) {
    if (!(error instanceof BadPayload)) throw error;
    const { path, found, allowed, message } = error;
    return { finding: { code: "invalid_payload", path, found, allowed, message } };
  }
}

function checkCommand(sent: unknown, { platformName, specs }: PayloadRules) {
  const path = "payload.command";
  const command = commands.find((known) => known === sent);
  const offered = specs.available_commands.join(", ");
  const findings: CodedFinding[] = [];
  if (command === undefined) {
    const found = typeof sent === "string" ? JSON.stringify(sent.slice(0, 64)) : "none";
    const message = `Cannot read ${path}: found ${found}; allowed is ${commands.join(", ")}.`;
    findings.push({ code: "invalid_payload", path, found, allowed: commands.join(", "), message });
  } else if (!specs.available_commands.includes(command)) {
    const message = `${platformName} cannot run the command ${command}: it offers ${offered}.`;
    findings.push({ code: "command_not_available", path, found: command, allowed: offered, message });
  }
  return { command, findings };
}

function checkShots(shots: number | null, command: string | undefined, rules: PayloadRules): CodedFinding[] {
  const path = "payload.max_shots";
  const found = shots === null ? "no bound" : `${shots} shots`;
  const exceeds = (most: number | null) =>
    most !== null && (shots === null ? command !== "probs" : shots > most);
  const findings: CodedFinding[] = [];
  if (exceeds(rules.limits.shotsMax))
    findings.push(beyond(rules, path, found, `at most ${rules.limits.shotsMax}`));
  if (exceeds(rules.tokenShotsMax)) {
    const allowed = `at most ${rules.tokenShotsMax}`;
    const message = `The token's scope allows ${allowed} shots in one job: found ${found}.`;
    findings.push({ code: "token_scope_exceeded", path, found, allowed, message });
  }
  return findings;
}

function checkCost(job: PhotonicJob, { limits, durationSMax, speed }: PayloadRules): CodedFinding[] {
  const costLimits = {
    ...DEFAULT_COST_LIMITS,
    resultBytesMax: Math.min(
      limits.resultBytesMax ?? Number.POSITIVE_INFINITY,
      DEFAULT_COST_LIMITS.resultBytesMax,
    ),
    secondsMax: durationSMax,
  };
  const verdict = admit(job, costLimits, speed);
  if (verdict.admitted) return [];
  const { code: reason, estimated, limit, nearest, message } = verdict;
  const finding = { path: "payload", found: `${estimated} (${reason})`, allowed: limit, message };
  return [{ code: "job_too_large", ...finding, ...(nearest === undefined ? {} : { nearest }) }];
}

/** The bound on shots, summed over the iterations; null where any of them has none. */
function shotsOf({ maxShots, iterations }: PhotonicJob): number | null {
  if (iterations.length === 0) return maxShots ?? null;
  let total = 0;
  for (const step of iterations) {
    const shots = step.maxShots ?? maxShots;
    if (shots === undefined) return null;
    total += shots;
  }
  return Math.min(total, Number.MAX_SAFE_INTEGER);
}

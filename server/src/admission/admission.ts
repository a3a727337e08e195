import { speedFromPerfs } from "@corbenic/photonics/cost";
import type { Limits } from "../config.ts";
import type { Queryable } from "../database/database.ts";
import { readLimits } from "../platforms/platform-limits.ts";
import { type DestinationRow, findDestination } from "../platforms/platform-store.ts";
import { type CodedFinding, refusalOf } from "./findings.ts";
import type { PayloadRules, PayloadVerdict } from "./payload-check.ts";
import type { PayloadChecker } from "./payload-checker.ts";
import { countFor, type Destination, findFullQueues } from "./room.ts";
import type { Submitter } from "./submitter.ts";

/** What is asked for. */
export interface Candidate {
  readonly platformId: string | null;
  /** Looked at where no id is given. */
  readonly platformName: string | null;
  /** Seconds, null for as long as the platform allows. */
  readonly maxDurationS: number | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A job that may be stored. */
export interface Admitted {
  readonly destination: Destination;
  readonly command: string;
  readonly shots: number | null;
  readonly maxDurationS: number;
  /** The payload as it is stored. */
  readonly payload: string;
}

export interface AdmissionServices {
  readonly db: Queryable;
  readonly limits: Limits;
  readonly payloadChecker: PayloadChecker;
}

/**
 * Checks everything that can be wrong with a job before anything is stored: the platform and the right to use it,
 * the payload, the limits of platform, token and account, and what the job would cost. A full queue is only looked
 * for where there is something to say already; who stores the job looks again, with the queue locked.
 * @throws {Problem} one, with all findings
 */
export async function admit(
  { db, limits, payloadChecker }: AdmissionServices,
  submitter: Submitter,
  candidate: Candidate,
): Promise<Admitted> {
  const found = await findPlatform(db, submitter, candidate);
  const text = textOf(candidate.payload);
  const rules = rulesFor(found.platform, submitter, limits);
  const verdict =
    text === undefined
      ? unreadable("nested more deeply than can be read", "at most 64 levels")
      : await payloadChecker.check(text, candidate.payload, rules);
  const findings = [
    ...found.findings,
    ...checkDuration(candidate.maxDurationS, rules),
    ...verdict.findings.filter(
      ({ code }) => found.platform !== undefined || code !== "command_not_available",
    ),
  ];
  const destination = found.platform && {
    platformId: found.platform.id,
    platformName: found.platform.name,
    legacySingle: found.platform.legacy_single,
    limits: rules.limits,
  };
  if (destination === undefined || text === undefined || findings.length > 0) {
    if (destination !== undefined) {
      const jobs = await countFor(db, submitter, destination);
      findings.push(...findFullQueues(jobs, submitter, destination, limits));
    }
    throw refusalOf(findings);
  }
  const maxDurationS = candidate.maxDurationS ?? rules.durationSMax;
  return { destination, command: verdict.command, shots: verdict.shots, maxDurationS, payload: text };
}

async function findPlatform(
  db: Queryable,
  { userId, scopes }: Submitter,
  { platformId: id, platformName: name }: Candidate,
): Promise<{ platform: DestinationRow | undefined; findings: CodedFinding[] }> {
  const path = id === null ? "platform_name" : "platform_id";
  const named = id ?? name;
  // Administrators know of every platform, and submit to those that their account may use.
  const reader = { userId, scopes };
  if (named === null) {
    const message = "The request names no platform: give platform_name or platform_id.";
    const finding = { path, found: "none", allowed: "a platform's name or id", message };
    return { platform: undefined, findings: [{ code: "invalid_request", ...finding }] };
  }
  const platform = await findDestination(db, reader, id === null ? { name: named } : { id });
  if (platform === undefined) {
    const message = `There is no platform "${named}" that this account may use.`;
    const finding = { path, found: named, allowed: "a platform that the account may use", message };
    return { platform: undefined, findings: [{ code: "platform_not_found", ...finding }] };
  }
  if (!platform.retired) return { platform, findings: [] };
  const message = `${platform.name} is retired and takes no more jobs.`;
  const finding = { path, found: "retired", allowed: "available, maintenance, unreachable", message };
  return { platform, findings: [{ code: "platform_retired", ...finding }] };
}

/** Without a platform there is nothing to hold the payload against but the wire format. */
function rulesFor(platform: DestinationRow | undefined, { scopes }: Submitter, limits: Limits): PayloadRules {
  const platformLimits = readLimits(platform?.limits ?? {});
  return {
    platformName: platform?.name ?? "",
    simulates: platform?.type === "simulator",
    speed: speedFromPerfs(platform?.perfs ?? {}),
    specs: platform?.specs ?? { available_commands: [] },
    limits: platformLimits,
    durationSMax: Math.min(platformLimits.durationSMax ?? limits.jobDurationS, limits.jobDurationS),
    tokenShotsMax: scopes.shotsMax,
  };
}

function checkDuration(asked: number | null, { durationSMax, platformName }: PayloadRules): CodedFinding[] {
  if (asked === null || asked <= durationSMax) return [];
  const [found, allowed] = [`${asked} s`, `at most ${durationSMax} s`];
  const message = `${platformName || "The cloud"} lets a job run ${allowed}: max_duration asks for ${found}.`;
  return [{ code: "platform_limit_exceeded", path: "max_duration", found, allowed, message }];
}

/** JSON.stringify recurses; nothing that is nested so deeply is a payload. */
function textOf(payload: Readonly<Record<string, unknown>>): string | undefined {
  try {
    return JSON.stringify(payload);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function unreadable(found: string, allowed: string): PayloadVerdict {
  const message = `Cannot read payload: found ${found}; allowed is ${allowed}.`;
  return {
    findings: [{ code: "invalid_payload", path: "payload", found, allowed, message }],
    command: "",
    shots: null,
  };
}

import { BadPayload, type DecodedValue, decodeValue } from "@corbenic/photonics/perceval";
import { Command, type PlatformSpecs, Problem } from "@corbenic/protocol";
import { findUnstorable } from "./unstorable.ts";

interface Finding {
  readonly path: string;
  readonly message: string;
}

const commands = Command.anyOf.map(({ const: command }) => command as string);
const specsBytesMax = 1024 * 1024;
const perfsBytesMax = 64 * 1024;

/**
 * Checks what a platform says of itself before a client may read it. Clients evaluate the circuits in it: these pass
 * the decoder that reads the payloads of jobs.
 * @throws {Problem} `invalid_specs`, with all that is wrong
 */
export function checkSpecs(specs: PlatformSpecs): void {
  // The rest can only be looked at when this is right.
  refuseIfAny(findUnstorable(specs, "specs", specsBytesMax));
  refuseIfAny([
    ...checkCommands(specs.available_commands),
    ...checkConstraints(specs.constraints ?? {}),
    ...checkCircuit("specs.architecture", specs.architecture),
    ...checkCircuit("specs.specific_circuit", specs.specific_circuit),
    ...checkModes(specs.connected_input_modes ?? []),
    ...checkSerialized(specs, "specs"),
  ]);
}

/**
 * Checks what a platform measured of itself.
 * @throws {Problem} `invalid_specs`
 */
export function checkPerfs(perfs: Readonly<Record<string, unknown>>): void {
  refuseIfAny([...findUnstorable(perfs, "perfs", perfsBytesMax), ...checkSerialized(perfs, "perfs")]);
}

function refuseIfAny(findings: readonly Finding[]): void {
  if (findings.length === 0) return;
  const sentence = findings.map(({ message }) => message).join(" ");
  throw new Problem("invalid_specs", sentence, { detail: { findings } });
}

function checkCommands(offered: readonly string[]): Finding[] {
  const path = "specs.available_commands";
  if (offered.length === 0) {
    return [{ path, message: `${path} is empty: name at least one of ${commands.join(", ")}.` }];
  }
  const unknown = offered.filter((command) => !commands.includes(command));
  const findings = unknown.slice(0, 10).map((command) => ({
    path,
    message: `${path} names ${JSON.stringify(command.slice(0, 64))}, which is none of ${commands.join(", ")}.`,
  }));
  if (new Set(offered).size < offered.length) {
    findings.push({ path, message: `${path} names a command twice.` });
  }
  return findings;
}

function checkConstraints(constraints: NonNullable<PlatformSpecs["constraints"]>): Finding[] {
  return (["mode", "photon"] as const).flatMap((what) => {
    const least = constraints[`min_${what}_count`];
    const most = constraints[`max_${what}_count`];
    if (least === undefined || most === undefined || least <= most) return [];
    const path = `specs.constraints.min_${what}_count`;
    return [{ path, message: `${path} is ${least}, more than max_${what}_count, which is ${most}.` }];
  });
}

function checkModes(modes: readonly number[]): Finding[] {
  const path = "specs.connected_input_modes";
  return new Set(modes).size < modes.length ? [{ path, message: `${path} names a mode twice.` }] : [];
}

/** Reads every serialized object, wherever it stands: clients build objects out of all of them. */
function checkSerialized(value: unknown, path: string): Finding[] {
  const decoded = decode(value);
  if (!(decoded instanceof BadPayload)) return [];
  const where = decoded.path.replace(/^value/, path);
  const message = `Cannot read ${where}: found ${decoded.found}; allowed is ${decoded.allowed}.`;
  return [{ path: where, message }];
}

/** Absent, 'none' for any circuit, or what a client reads as a circuit or an experiment. */
function checkCircuit(path: string, serialized: string | undefined): Finding[] {
  if (serialized === undefined || serialized === "none") return [];
  const decoded = decode(serialized);
  // What cannot be read is found already.
  if (decoded instanceof BadPayload || isCircuit(decoded)) return [];
  return [{ path, message: `${path} is neither a serialized circuit or experiment, nor 'none'.` }];
}

function isCircuit(decoded: DecodedValue): boolean {
  if (typeof decoded !== "object" || decoded === null || !("tag" in decoded)) return false;
  return decoded.tag === "ACircuit" || decoded.tag === "Experiment";
}

function decode(value: unknown): DecodedValue | BadPayload {
  try {
    return decodeValue(value);
  } catch (error) {
    if (error instanceof BadPayload) return error;
    throw error;
  }
}

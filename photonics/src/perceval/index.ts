import { inflateSync } from "node:zlib";
import type { Circuit, Component, PhotonicJob, SimulationResult } from "../model/index.ts";

export class BadPayload extends Error {
  override readonly name = "BadPayload";
  readonly code: string;
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  constructor(code: string, path: string, found: string, allowed: string) {
    super(`${path}: ${found}; allowed is ${allowed}.`);
    this.code = code;
    this.path = path;
    this.found = found;
    this.allowed = allowed;
  }
}

type Field = { readonly number: number; readonly value: number | Uint8Array };

function* fields(bytes: Uint8Array, path: string): Generator<Field> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length)
        throw new BadPayload("truncated", path, "the message ends inside a field", "a whole message");
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new BadPayload("bad_varint", path, "a number of over ten bytes", "at most ten bytes");
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 1:
        if (at + 8 > bytes.length)
          throw new BadPayload("truncated", path, "a double is cut", "a whole message");
        yield { number, value: view.getFloat64(at, true) };
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > bytes.length)
          throw new BadPayload("truncated", path, "a field is cut", "a whole message");
        yield { number, value: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      default:
        throw new BadPayload("bad_wire_type", path, `wire type ${key % 8}`, "0, 1 or 2");
    }
  }
}

function decodeCircuit(bytes: Uint8Array, path: string, modesField = 2, componentsField = 4): Circuit {
  let modes = 0;
  const components: Circuit["components"][number][] = [];
  for (const { number, value } of fields(bytes, path)) {
    if (number === modesField) modes = Number(value);
    if (number === componentsField)
      components.push(decodeComponent(value as Uint8Array, `${path}.components[${components.length}]`));
  }
  return { kind: "circuit", modes, components };
}

function decodeComponent(bytes: Uint8Array, path: string): Circuit["components"][number] {
  let mode = 0;
  let component: Component | undefined;
  for (const { number, value } of fields(bytes, path)) {
    const inner = value as Uint8Array;
    if (number === 1) mode = Number(value);
    else if (number === 10) component = decodeCircuit(inner, path);
    else if (number === 11) component = { kind: "phase-shifter", phi: angle(inner, 1, path) };
    else if (number === 12) component = decodeBeamSplitter(inner, path);
    else if (number === 22) component = { kind: "barrier" };
    else if (number > 9)
      throw new BadPayload(
        "component_not_known",
        path,
        `component of field ${number}`,
        "beam splitters, phase shifters, circuits and barriers",
      );
  }
  if (component === undefined)
    throw new BadPayload("component_missing", path, "no component", "one component");
  return { mode, component };
}

function decodeBeamSplitter(bytes: Uint8Array, path: string): Component {
  let convention: "Rx" | "Ry" | "H" = "Rx";
  for (const { number, value } of fields(bytes, path))
    if (number === 1) convention = (["Rx", "Ry", "H"] as const)[Number(value)] ?? "Rx";
  return {
    kind: "beam-splitter",
    convention,
    theta: angle(bytes, 2, path),
    phases: [angle(bytes, 3, path), angle(bytes, 4, path), angle(bytes, 5, path), angle(bytes, 6, path)],
  };
}

function angle(bytes: Uint8Array, field: number, path: string): number {
  for (const { number, value } of fields(bytes, path)) {
    if (number !== field) continue;
    for (const part of fields(value as Uint8Array, path)) if (part.number === 1) return Number(part.value);
  }
  return 0;
}

function body(text: unknown, tag: string, path: string): string {
  const match = typeof text === "string" ? /^:PCVL:(\w+):([\s\S]*)$/.exec(text) : null;
  if (match === null) throw new BadPayload("not_tagged", path, "no :PCVL: string", `:PCVL:${tag}:`);
  if (match[1] === "zip") {
    try {
      return body(
        inflateSync(Buffer.from(match[2]!, "base64"), { maxOutputLength: 16 * 2 ** 20 }).toString(),
        tag,
        path,
      );
    } catch (error) {
      if (error instanceof BadPayload) throw error;
      throw new BadPayload("bad_zip", path, "bytes that do not inflate", "zlib of at most 16 MiB");
    }
  }
  if (match[1] !== tag) throw new BadPayload("wrong_tag", path, match[1]!, tag);
  return match[2]!;
}

export function decodePayload(payload: unknown): PhotonicJob {
  const fieldsOf = payload as Record<string, unknown>;
  const circuit = decodeCircuit(
    Buffer.from(body(fieldsOf.circuit, "ACircuit", "circuit"), "base64"),
    "circuit",
  );
  const input = body(fieldsOf.input_state, "BasicState", "input_state").slice(1, -1).split(",").map(Number);
  const parameters = (fieldsOf.parameters ?? {}) as Record<string, unknown>;
  return {
    command: String(fieldsOf.command),
    circuit,
    input,
    minDetectedPhotons: Number(parameters.min_detected_photons ?? 0),
    jobContext: fieldsOf.job_context,
  };
}

export function encodeResult(result: SimulationResult, _job: PhotonicJob): string {
  const states = [...result.results].map(([state, p]) => `${state}=${p}`).join(";");
  return JSON.stringify({
    results: `:PCVL:BSDistribution:{${states}}`,
    physical_perf: result.physicalPerf,
    logical_perf: result.logicalPerf,
    global_perf: result.globalPerf,
  });
}

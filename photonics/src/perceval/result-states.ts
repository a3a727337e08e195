import { parseNumber, quote } from "../model/index.ts";
import { BadPayload } from "./bad-payload.ts";

/** Reads `{|2,0>=0.5;…}`: the number of each state, by its text. @throws {BadPayload} `result_states` */
export function parseStates(body: string, path: string): Map<string, number> {
  if (!body.startsWith("{") || !body.endsWith("}") || body.length < 2)
    throw new BadPayload("result_states", path, quote(body), "{state=number;...}");
  const states = new Map<string, number>();
  if (body.length === 2) return states;
  for (const entry of body.slice(1, -1).split(";")) {
    const equals = entry.lastIndexOf("=");
    const value = parseNumber(entry.slice(equals + 1));
    if (equals < 1 || Number.isNaN(value))
      throw new BadPayload("result_states", path, quote(entry), "state=number");
    states.set(entry.slice(0, equals), value);
  }
  return states;
}

/** Reads `|2,0>;|0,2>/0;1;1`: each sample by the text of its state, in order. @throws {BadPayload} `result_samples` */
export function parseSamples(body: string, path: string): string[] {
  const [names, order, ...more] = body.split("/");
  if (order === undefined || more.length > 0)
    throw new BadPayload("result_samples", path, quote(body), "states/numbers");
  if (names === "") return [];
  const distinct = names!.split(";");
  return order.split(";").map((number) => {
    const sample = /^\d{1,10}$/.test(number) ? distinct[Number(number)] : undefined;
    if (sample === undefined)
      throw new BadPayload("result_samples", path, quote(number), `0 to ${distinct.length - 1}`);
    return sample;
  });
}

import { randomUUID } from "node:crypto";
import { hostileTexts, hostileValue } from "./hostile-values.ts";
import type { Random } from "./random.ts";

/** The part of JSON Schema that our documents use. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly examples?: readonly unknown[];
  readonly example?: unknown;
  readonly default?: unknown;
}

/** How much of what is made is left as the schema wants it: 1 for all, less for some that is not. */
export interface Taste {
  readonly random: Random;
  readonly fitting: number;
  /** Values that mean something in the cloud, by the name of the field. */
  readonly known: (name: string) => readonly unknown[];
}

/** A value for a schema, or something else now and then. */
export function valueFor(schema: Schema, taste: Taste, name = ""): unknown {
  const { random } = taste;
  if (!random.chance(taste.fitting)) return hostileValue(random);
  const known = taste.known(name);
  if (known.length > 0 && random.chance(0.8)) return random.pick(known);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return random.pick(schema.enum);
  const examples = schema.examples ?? (schema.example === undefined ? [] : [schema.example]);
  if (examples.length > 0 && random.chance(0.5)) return random.pick(examples);
  const choices = schema.anyOf ?? schema.oneOf;
  // An object may list the combinations of its keys as choices, which are no schemas of their own.
  if (choices !== undefined && schema.properties === undefined) {
    return valueFor(random.pick(choices), taste, name);
  }
  const type = typeof schema.type === "string" ? schema.type : random.pick(schema.type ?? ["object"]);
  if (type === "object") return objectFor(schema, taste);
  if (type === "array") return arrayFor(schema, taste, name);
  if (type === "string") return textFor(schema, random);
  if (type === "integer" || type === "number") return numberFor(schema, random, type === "integer");
  if (type === "boolean") return random.chance(0.5);
  return null;
}

function objectFor(schema: Schema, taste: Taste): Record<string, unknown> {
  const { random } = taste;
  const made: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(schema.properties ?? {})) {
    const wanted = schema.required?.includes(key) ? taste.fitting + 0.02 : 0.5;
    if (random.chance(wanted)) made[key] = valueFor(inner, taste, key);
  }
  const free =
    typeof schema.additionalProperties === "object"
      ? schema.additionalProperties
      : Object.values(schema.patternProperties ?? {})[0];
  if (free !== undefined && random.chance(0.5)) made[random.pick(["a", "b c", "é"])] = valueFor(free, taste);
  if (!random.chance(taste.fitting)) made[random.pick(hostileTexts).slice(0, 300)] = hostileValue(random);
  return made;
}

function arrayFor(schema: Schema, taste: Taste, name: string): unknown[] {
  const least = schema.minItems ?? 0;
  const length = least + taste.random.integer(Math.min((schema.maxItems ?? 4) - least, 4) + 1);
  return Array.from({ length }, () => valueFor(schema.items ?? {}, taste, name));
}

function textFor(schema: Schema, random: Random): string {
  if (schema.format === "uuid") return randomUUID();
  if (schema.format === "email") return `${randomUUID()}@fuzz.test`;
  if (schema.format === "date-time") {
    return random.pick(["2026-01-01T00:00:00Z", "2099-12-31T23:59:59.999999+14:00", "0001-01-01T00:00:00Z"]);
  }
  if (schema.pattern !== undefined) {
    const form = new RegExp(schema.pattern, "u");
    const candidates = [
      "a",
      "A1",
      "sim:fuzz",
      "qpu:x-1",
      "0",
      "waiting",
      "A".repeat(22),
      "f".repeat(64),
      ...hostileTexts,
    ];
    const fitting = candidates.filter((text) => form.test(text));
    if (fitting.length > 0) return random.pick(fitting);
  }
  const length = random.pick([schema.minLength ?? 0, (schema.minLength ?? 0) + 1, schema.maxLength ?? 20]);
  return "x".repeat(Math.min(length, 100_000));
}

function numberFor(schema: Schema, random: Random, whole: boolean): number {
  const least = schema.minimum ?? (schema.exclusiveMinimum === undefined ? -3 : schema.exclusiveMinimum + 1);
  const most = schema.maximum ?? least + 1_000;
  const value = random.pick([least, most, least + random.number() * (most - least)]);
  return whole ? Math.floor(value) : value;
}

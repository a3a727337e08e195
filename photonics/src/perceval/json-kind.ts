import { BadPayload } from "./bad-payload.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a value of JSON is, or that there is none, in words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

export function requireObject(sent: unknown, path: string): JsonObject {
  if (typeof sent !== "object" || sent === null || Array.isArray(sent)) {
    throw new BadPayload("not_object", path, kindOf(sent), "an object");
  }
  return sent as JsonObject;
}

export function optionalObject(sent: unknown, path: string): JsonObject {
  return sent == null ? {} : requireObject(sent, path);
}

export function optionalCount(sent: unknown, path: string): number | undefined {
  if (sent == null) return undefined;
  if (typeof sent !== "number" || !Number.isSafeInteger(sent) || sent < 0) {
    const found = typeof sent === "number" ? String(sent) : kindOf(sent);
    throw new BadPayload("count", path, found, "a whole number of at least 0");
  }
  return sent;
}

export function optionalFlag(sent: unknown, path: string): boolean {
  if (sent != null && typeof sent !== "boolean")
    throw new BadPayload("flag", path, kindOf(sent), "true or false");
  return sent === true;
}

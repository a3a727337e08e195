import { BadPayload } from "./bad-payload.ts";
import type { Reading } from "./reading.ts";

/**
 * Refuses JSON that is nested too deep, has too many values or too much text, without recursing into it, so that what follows may.
 */
export function requireShallow(root: object, path: string, reading: Reading): void {
  const most = reading.limits.jsonDepth;
  const where = () => path;
  let level: object[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most)
      throw new BadPayload("json_too_deep", path, `more than ${most} levels`, `at most ${most}`);
    const next: object[] = [];
    const visit = (entry: unknown): void => {
      reading.countValue(where);
      if (typeof entry === "string") reading.countCharacters(entry, where);
      else if (typeof entry === "object" && entry !== null) next.push(entry);
    };
    for (const each of level) {
      if (Array.isArray(each)) for (const entry of each) visit(entry);
      else
        for (const key in each) {
          reading.countCharacters(key, where);
          visit((each as Record<string, unknown>)[key]);
        }
    }
    level = next;
  }
}

/** The length of a value as JSON, roughly: strings count as they are, without what escapes would add. */
export function jsonLength(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return String(value).length;
  let length = 2;
  for (const [key, entry] of Object.entries(value))
    length += jsonLength(entry) + (Array.isArray(value) ? 1 : key.length + 4);
  return length;
}

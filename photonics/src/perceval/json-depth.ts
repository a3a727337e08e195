import { BadPayload } from "./bad-payload.ts";

/** Refuses values that are nested too deep, without recursing into them. */
export function requireDepth(value: object, most: number, path: string): void {
  let level: unknown[] = [value];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > most)
      throw new BadPayload("json_too_deep", path, `more than ${most} levels`, `at most ${most}`);
    level = level
      .flatMap((entry) => Object.values(entry as object))
      .filter((entry) => typeof entry === "object" && entry !== null);
  }
}

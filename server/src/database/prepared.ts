import { createHash } from "node:crypto";

export interface PreparedStatement {
  readonly name: string;
  readonly text: string;
  readonly values: unknown[];
}

const names = new Map<string, string>();

/**
 * A statement that each connection parses and plans once, for those that nearly every request makes: planning takes
 * longer than all else about them, five times as long in the embedded database. Not for statements whose best plan
 * depends on the values.
 */
export function prepared(text: string, values: unknown[]): PreparedStatement {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash("sha256").update(text).digest("hex").slice(0, 32);
    names.set(text, name);
  }
  return { name, text, values };
}

import { Malformed, type MalformedCode, quote } from "./malformed.ts";

/**
 * Takes a text apart into what a sticky pattern matches, one behind the other up to the end.
 * @throws {Malformed} with the code, where the pattern matches nothing
 */
export function scan(text: string, pattern: RegExp, code: MalformedCode, allowed: string): RegExpExecArray[] {
  const matches: RegExpExecArray[] = [];
  const trimmed = text.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < trimmed.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(trimmed);
    if (match === null)
      throw new Malformed(code, `${quote(trimmed.slice(at, at + 10))} in ${quote(text)}`, allowed);
    matches.push(match);
  }
  return matches;
}

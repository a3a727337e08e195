/** Text or numbers that do not describe what they should: what was found, and what is allowed there. */
export class Malformed extends Error {
  override readonly name = "Malformed";
  readonly code: string;
  readonly found: string;
  readonly allowed: string;

  constructor(code: string, found: string, allowed: string) {
    super(`found ${found}, allowed is ${allowed}`);
    this.code = code;
    this.found = found;
    this.allowed = allowed;
  }
}

/** A text as it may stand in a message: quoted, short, without control characters. */
export function quote(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(shown);
}

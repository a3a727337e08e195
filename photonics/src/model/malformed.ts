/** Stable names of what may be wrong with text or numbers; each is explained where payloads are. */
export type MalformedCode =
  | "expression_complex"
  | "expression_exponent"
  | "expression_function"
  | "expression_syntax"
  | "expression_too_deep"
  | "expression_too_long"
  | "mixture"
  | "number_not_finite"
  | "parameter_without_value"
  | "postselect_mixed"
  | "postselect_mode"
  | "postselect_syntax"
  | "postselect_too_deep"
  | "postselect_too_long"
  | "state_annotated"
  | "state_annotation"
  | "state_modes"
  | "state_photons"
  | "state_polarization"
  | "state_syntax"
  | "state_too_long"
  | "state_vector";

/** Text or numbers that do not describe what they should: what was found, and what is allowed there. */
export class Malformed extends Error {
  override readonly name = "Malformed";
  readonly code: MalformedCode;
  readonly found: string;
  readonly allowed: string;

  constructor(code: MalformedCode, found: string, allowed: string) {
    super(`found ${found}, allowed is ${allowed}`);
    this.code = code;
    this.found = found;
    this.allowed = allowed;
  }
}

/** A text as it may stand in a message: quoted, short, and without characters that are invisible or steer a terminal. */
export function quote(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(shown).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${character.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  );
}

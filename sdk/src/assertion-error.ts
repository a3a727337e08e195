/** A method was called on an object that is not in the state it needs: a mistake of the program, found before any request. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** @throws {AssertionError} unless the condition holds */
export function requireThat(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new AssertionError(otherwise);
}

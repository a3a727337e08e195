/** What was asked for does not exist. */
export class NotImplementedError extends Error {
  override readonly name = "NotImplementedError";
}

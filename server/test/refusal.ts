/** "done", or the code of the problem with which a call was refused. */
export function codeOf(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
}

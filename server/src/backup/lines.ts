import { newlineByte } from "./backup-format.ts";

/** The lines of a stream of UTF-8 bytes. What follows the last newline is a line too, unless it is empty. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let begun: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let at = chunk.indexOf(newlineByte); at >= 0; at = chunk.indexOf(newlineByte, from)) {
      begun.push(chunk.subarray(from, at));
      yield Buffer.concat(begun).toString("utf8");
      begun = [];
      from = at + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield Buffer.concat(begun).toString("utf8");
}

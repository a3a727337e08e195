/**
 * As much of PostgreSQL's wire protocol as it takes to let many clients share one session.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const code = (letter: string) => letter.charCodeAt(0);
const [query, sync, flush, parse, terminate] = ["Q", "S", "H", "P", "X"].map(code);
const [parseComplete, errorResponse, readyForQuery] = ["1", "E", "Z"].map(code);

/** What a client sends before it may speak: a length and no letter. */
export function startupBytes(bytes: Buffer): number | undefined {
  if (bytes.length < 4) return undefined;
  const length = bytes.readInt32BE(0);
  return bytes.length < length ? undefined : length;
}

/** Says that the client is welcome, and may speak. */
export function welcome(): Buffer {
  return Buffer.concat([message("R", Buffer.alloc(4)), message("Z", Buffer.from("I"))]);
}

export interface Units {
  /** Messages that end with one after which the client waits for an answer, each time. */
  readonly units: Buffer[];
  readonly rest: Buffer;
  /** Whether the client has said that it goes. */
  readonly over: boolean;
}

/** Cuts what a client has sent into units that are answered as a whole. */
export function cutUnits(bytes: Buffer): Units {
  const units: Buffer[] = [];
  let begin = 0;
  let at = 0;
  while (at + 5 <= bytes.length) {
    const end = at + 1 + bytes.readInt32BE(at + 1);
    if (end > bytes.length) break;
    const type = bytes[at];
    if (type === terminate) return { units, rest: Buffer.alloc(0), over: true };
    if (type === query || type === sync || type === flush) {
      units.push(bytes.subarray(begin, end));
      begin = end;
    }
    at = end;
  }
  return { units, rest: bytes.subarray(begin), over: false };
}

/** The name of the statement that the unit prepares first, if it does, and where that message ends. */
export function preparedName(unit: Buffer): { readonly name: string; readonly end: number } | undefined {
  if (unit[0] !== parse) return undefined;
  const name = unit.toString("utf8", 5, unit.indexOf(0, 5));
  return name === "" ? undefined : { name, end: 1 + unit.readInt32BE(1) };
}

export function simpleQuery(sql: string): Buffer {
  return message("Q", Buffer.from(`${sql}\0`));
}

/** What the database says to a client that has prepared a statement. */
export const preparedAnswer = message("1", Buffer.alloc(0));

export function beginsPrepared(answer: Uint8Array): boolean {
  return answer[0] === parseComplete;
}

/** Whether the session has answered, and awaits the next question. */
export function isWhole(answer: Uint8Array): boolean {
  return answer.at(-6) === readyForQuery;
}

/** Whether the session is in a transaction, or awaits more before it answers. */
export function staysOpen(answer: Uint8Array): boolean {
  return !isWhole(answer) || answer.at(-1) !== code("I");
}

/** The error that the database answers with, if it does. */
export function errorIn(answer: Uint8Array): string | undefined {
  if (answer[0] !== errorResponse) return undefined;
  const fields = Buffer.from(answer).toString("utf8", 5).split("\0");
  return fields.find((field) => field.startsWith("M"))?.slice(1) ?? "an error without a message";
}

function message(letter: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter, "latin1");
  head.writeInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

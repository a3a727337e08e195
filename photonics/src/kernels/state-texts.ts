import type { StateTable } from "../model/index.ts";
import { type Arena, createArena, type Engine } from "./arena.ts";
import { numberTables } from "./number-tables.ts";
import type { Team } from "./team.ts";

export interface StateTextOptions {
  readonly engine?: Engine;
  /** Threads that help; the text is the same with and without. */
  readonly team?: Team | undefined;
}

/** Bytes of text that one call writes at most; and calls that are made together. */
const textBytes = 2 ** 19;
const callsAtOnce = 8;
/** What `writeStates` may overwrite behind the end. */
const slackBytes = 128;

/** Memory of one call: room for its text, and for the counts and values that a text of so many bytes can come from. */
interface Desk {
  readonly counts: number;
  readonly values: number;
  readonly text: number;
}

interface Writer {
  readonly arena: Arena;
  /** What numbers are written by. */
  readonly tables: number;
  readonly desks: readonly Desk[];
}

/** Rows of a table that one call writes. */
interface Piece {
  readonly table: number;
  readonly from: number;
  readonly to: number;
}

const writers = new Map<Engine, Writer>();

/** Of each table the text `|1,0>=0.5;|0,1>=0.5`, with the numbers as JavaScript writes them. */
export function stateTexts(tables: readonly StateTable[], options: StateTextOptions = {}): string[] {
  const texts = tables.map(() => "");
  writeStateTexts(tables, options, (table, bytes) => {
    texts[table] += bytes.toString("latin1");
  });
  return texts;
}

/**
 * The same as bytes, as they are written.
 * @param onBytes given the number of a table and the next part of its text, in memory that is soon written again
 */
export function writeStateTexts(
  tables: readonly StateTable[],
  { engine = "wasm", team }: StateTextOptions,
  onBytes: (table: number, bytes: Buffer) => void,
): void {
  const writer = writerOf(engine);
  const { arena, desks } = writer;
  const pieces = tables.flatMap(piecesOf);
  const shared = pieces.length < callsAtOnce ? undefined : team?.join(arena, noScratch, 0);
  try {
    for (let first = 0; first < pieces.length; first += callsAtOnce) {
      const together = pieces.slice(first, first + callsAtOnce);
      const calls = together.map((piece, i) => callOf(writer, desks[i]!, tables[piece.table]!, piece));
      if (shared === undefined) for (const { call } of calls) arena.kernels.writeStates(...call);
      else shared.run(calls, () => undefined);
      for (const [i, { table, to }] of together.entries()) {
        const separator = to === tables[table]!.values.length ? 1 : 0;
        onBytes(table, bytesAt(arena, desks[i]!.text, separator));
      }
    }
  } finally {
    shared?.leave();
  }
}

/** Nothing is computed with: threads need no memory of their own. */
const noScratch = new Array<number>(64).fill(0);

/** Puts some rows on a desk. */
function callOf({ arena, tables }: Writer, desk: Desk, table: StateTable, { from, to }: Piece) {
  const { modes, counts, values } = table;
  arena.counts(desk.counts, (to - from) * modes).set(counts.subarray(from * modes, to * modes));
  arena.floats(desk.values, to - from).set(values.subarray(from, to));
  const call = [desk.counts, modes, desk.values, to - from, tables, desk.text] as const;
  return { kernel: "writeStates" as const, call };
}

/** What a call wrote, without some bytes at its end. */
function bytesAt({ memory, words }: Arena, at: number, separator: number): Buffer {
  return Buffer.from(memory.buffer, at + 4, words(at, 1)[0]! - separator);
}

function piecesOf({ modes, values }: StateTable, table: number): Piece[] {
  const rows = Math.floor((textBytes - slackBytes) / rowBytes(modes));
  return Array.from({ length: Math.ceil(values.length / rows) }, (_, i) => ({
    table,
    from: i * rows,
    to: Math.min(values.length, (i + 1) * rows),
  }));
}

/** Bytes of a state's text at most: five digits and a comma for each count, and 32 with a number of 24. */
function rowBytes(modes: number): number {
  return 6 * modes + 32;
}

function writerOf(engine: Engine): Writer {
  const known = writers.get(engine);
  if (known !== undefined) return known;
  const tables = numberTables();
  const [countBytes, valueBytes] = [textBytes / 2, textBytes / 4];
  const deskBytes = countBytes + valueBytes + textBytes;
  const arena = createArena(tables.byteLength + callsAtOnce * deskBytes + 1024, engine);
  const writer = {
    arena,
    tables: arena.put(tables),
    desks: Array.from({ length: callsAtOnce }, () => ({
      counts: arena.allocate(countBytes),
      values: arena.allocate(valueBytes),
      text: arena.allocate(textBytes),
    })),
  };
  writers.set(engine, writer);
  return writer;
}

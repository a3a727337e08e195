import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { DurableNodeFs } from "./durable-node-fs.ts";
import { durableStartParams } from "./embedded-settings.ts";
import {
  beginsPrepared,
  errorIn,
  isWhole,
  preparedAnswer,
  preparedName,
  simpleQuery,
  staysOpen,
} from "./wire.ts";

/** What clients send to the thread: a unit of the wire protocol, or that one of them is gone. */
export type ToEmbeddedThread =
  | { readonly client: number; readonly unit: Uint8Array }
  | { readonly client: number; readonly gone: true }
  | "close";

export type FromEmbeddedThread =
  | { readonly client: number; readonly answer: Uint8Array }
  | "ready"
  | "closed";

/** Brings the log to the disk, where it is not there yet. */
const flush = simpleQuery(`select pg_logical_emit_message(false, 'corbenic', '', true)
  where pg_current_wal_insert_lsn() <> pg_current_wal_flush_lsn()`);
const rollback = simpleQuery("rollback");

const port = parentPort!;
const pglite = await PGlite.create({
  fs: new DurableNodeFs((workerData as { directory: string }).directory),
  startParams: durableStartParams,
});

/** In the order of their arrival. */
let units: { readonly client: number; readonly unit: Buffer }[] = [];
/** Whose transaction is open: nobody else is served until it is over. */
let owner: number | undefined;
/** Statements that some client has prepared are there for all of them: there is one session. */
const prepared = new Set<string>();
let scheduled = false;

port.on("message", (message: ToEmbeddedThread) => {
  if (message === "close") {
    void pglite.close().then(() => port.postMessage("closed" satisfies FromEmbeddedThread));
    return;
  }
  const { client } = message;
  if ("gone" in message) leave(client);
  else
    units.push({
      client,
      unit: Buffer.from(message.unit.buffer, message.unit.byteOffset, message.unit.length),
    });
  if (scheduled) return;
  scheduled = true;
  setImmediate(serve);
});
port.postMessage("ready" satisfies FromEmbeddedThread);

function leave(client: number): void {
  units = units.filter((unit) => unit.client !== client);
  if (owner !== client) return;
  ask(rollback);
  owner = undefined;
}

/**
 * Serves whoever may be served, and answers them when everything that they could see is on the disk: nobody learns of
 * what a power failure could undo. Inside a transaction nobody acts on what they learn before it is committed.
 */
function serve(): void {
  scheduled = false;
  const answers: { readonly client: number; readonly answer: Uint8Array }[] = [];
  const blocked: typeof units = [];
  for (const { client, unit } of units) {
    if (owner !== undefined && owner !== client) {
      blocked.push({ client, unit });
      continue;
    }
    const answer = execute(unit);
    owner = staysOpen(answer) ? client : undefined;
    if (owner === undefined) answers.push({ client, answer });
    else send(client, answer);
  }
  units = blocked;
  if (units.length > 0 && owner === undefined) {
    scheduled = true;
    setImmediate(serve);
  }
  if (answers.length === 0) return;
  const flushed = ask(flush);
  const failed = errorIn(flushed) ?? (isWhole(flushed) ? undefined : "the database has ended");
  if (failed !== undefined) throw new Error(`The log of the database did not reach the disk: ${failed}`);
  for (const { client, answer } of answers) send(client, answer);
}

function send(client: number, answer: Uint8Array): void {
  const copy = new Uint8Array(answer);
  port.postMessage({ client, answer: copy } satisfies FromEmbeddedThread, [copy.buffer]);
}

function execute(unit: Buffer): Uint8Array {
  const named = preparedName(unit);
  if (named === undefined) return ask(unit);
  if (prepared.has(named.name)) return Buffer.concat([preparedAnswer, ask(unit.subarray(named.end))]);
  const answer = ask(unit);
  if (beginsPrepared(answer)) prepared.add(named.name);
  return answer;
}

/**
 * Lets the session answer. PGlite's other ways to ask keep every message of every answer for good. This one has
 * finished when it returns; what it throws ends the thread, and before that leaves an answer that is not whole.
 */
function ask(unit: Uint8Array): Uint8Array {
  const parts: Buffer[] = [];
  void pglite.execProtocolRawStream(unit, {
    syncToFs: false,
    // A view of its memory, which the next part overwrites.
    onRawData: (bytes) => parts.push(Buffer.from(bytes)),
  });
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

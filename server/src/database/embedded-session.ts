import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { EmbeddedStream } from "./embedded-stream.ts";
import type { FromEmbeddedThread, ToEmbeddedThread } from "./embedded-thread.ts";

/** The one session of an embedded database, in a thread of its own, which many clients share. */
export interface EmbeddedSession {
  /** A connection for one client. */
  connect(): EmbeddedStream;
  close(): Promise<void>;
}

/** A database that cannot be opened now may be opened later, as one that does not answer. */
class EmbeddedAway extends Error {
  readonly code = "57P03";
}

/** Between two tries to open a database that ended, which take a while each. */
const pauseMs = 1_000;

/**
 * Opens the database. A thread that ends, since the disk is full or the memory, takes its connections along; the next
 * connection opens the database again, which then recovers what was acknowledged.
 */
export async function openEmbeddedSession(directory: string): Promise<EmbeddedSession> {
  const streams = new Map<number, EmbeddedStream>();
  /** How many answers each client waits for. */
  const awaited = new Map<number, number>();
  let lastClient = 0;
  let closing = false;
  let opened: Promise<Worker> | undefined;

  /** A process that only waits for its database stays until it has the answer, and no longer. */
  function expect(thread: Worker, client: number, answers: number): void {
    const expected = (awaited.get(client) ?? 0) + answers;
    if (expected > 0) awaited.set(client, expected);
    else awaited.delete(client);
    if (awaited.size > 0 || closing) thread.ref();
    else thread.unref();
  }

  function open(): Promise<Worker> {
    const thread = new Worker(new URL("./embedded-thread.ts", import.meta.url), {
      workerData: { directory },
    });
    const { promise, resolve, reject } = Promise.withResolvers<Worker>();
    let reason: unknown = "it ended";
    thread.on("message", (message: FromEmbeddedThread) => {
      if (message === "ready") {
        thread.unref();
        resolve(thread);
      } else if (message !== "closed") {
        expect(thread, message.client, -1);
        streams.get(message.client)?.answer(message.answer);
      }
    });
    thread.on("error", (error) => {
      reason = error;
    });
    thread.once("exit", () => {
      if (opened === promise) opened = undefined;
      reject(
        new EmbeddedAway(`The embedded database in ${directory} cannot be opened: ${reason}`, {
          cause: reason,
        }),
      );
      for (const stream of streams.values())
        stream.destroy(new Error("Connection terminated unexpectedly", { cause: reason }));
    });
    return promise;
  }

  let failure: { readonly error: EmbeddedAway; readonly at: number } | undefined;
  const session = (): Promise<Worker> => {
    if (closing) return Promise.reject(new EmbeddedAway("The embedded database is closed."));
    if (opened === undefined && failure !== undefined && performance.now() - failure.at < pauseMs)
      return Promise.reject(failure.error);
    opened ??= open();
    return opened;
  };
  await session();

  return {
    connect() {
      const client = ++lastClient;
      let thread: Worker | undefined;
      const stream = new EmbeddedStream({
        async connect() {
          thread = await session();
        },
        send(unit) {
          if (thread === undefined) return;
          expect(thread, client, 1);
          // A copy of its own: what is sent otherwise is all of the memory that it is a part of.
          const copy = new Uint8Array(unit);
          thread.postMessage({ client, unit: copy } satisfies ToEmbeddedThread, [copy.buffer]);
        },
        leave() {
          streams.delete(client);
          if (thread === undefined) return;
          expect(thread, client, Number.NEGATIVE_INFINITY);
          thread.postMessage({ client, gone: true } satisfies ToEmbeddedThread);
        },
      });
      streams.set(client, stream);
      return stream;
    },
    async close() {
      closing = true;
      const thread = await opened?.catch(() => undefined);
      if (thread === undefined) return;
      thread.ref();
      const ended = once(thread, "exit");
      thread.on("message", (message: FromEmbeddedThread) => {
        if (message === "closed") void thread.terminate();
      });
      thread.postMessage("close" satisfies ToEmbeddedThread);
      await ended;
    },
  };
}

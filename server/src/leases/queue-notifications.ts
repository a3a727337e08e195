import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { createQueueSignal, type QueueSignal } from "./queue-signal.ts";

export interface SharedSignalOptions {
  /** Within this time one notification tells of all jobs. */
  readonly gatherMs?: number;
  /** How long to wait before listening again when the connection broke. */
  readonly reconnectMs?: number;
}

interface Log {
  warn(detail: unknown, message: string): void;
}

export interface SharedQueueSignal extends QueueSignal {
  /** Resolves when other processes are heard. */
  readonly listening: Promise<void>;
  /** Begins to listen to other processes. @returns how to stop it, and telling them */
  start(log: Log): () => Promise<void>;
}

const channel = "corbenic_queue";
/** PostgreSQL refuses a payload of 8,000 bytes; an entry takes some 50. */
const platformsMax = 100;

/**
 * A queue signal that all processes on one PostgreSQL share. A notification is a hint: whoever is woken looks at the
 * queue, whoever is not looks at it after a while anyhow, so that one may be lost (or a pooler in between may not
 * know LISTEN) and costs some waiting at most.
 *
 * A job for which a worker waits in this process is told to nobody. Others are gathered: the first at once, and all
 * that follow shortly after in one more notification, since their commits hold a lock of the whole server.
 */
export function shareQueueSignal(
  pool: Pick<pg.Pool, "connect" | "query">,
  { gatherMs = 10, reconnectMs = 1_000 }: SharedSignalOptions = {},
): SharedQueueSignal {
  const process = randomUUID();
  const closing = new AbortController();
  let gathered = new Map<string, number>();
  let gathering: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();
  let log: Log | undefined;

  const signal = createQueueSignal((platformId) => {
    gathered.set(platformId, (gathered.get(platformId) ?? 0) + 1);
    if (gathering === undefined) send();
  });

  function send(): void {
    if (gathered.size === 0 || closing.signal.aborted) {
      gathering = undefined;
      return;
    }
    const jobs = [...gathered].slice(0, platformsMax);
    gathered = new Map([...gathered].slice(platformsMax));
    gathering = setTimeout(send, gatherMs);
    sending = pool
      .query("select pg_notify($1, $2)", [channel, JSON.stringify({ process, jobs })])
      .then(() => undefined)
      .catch((error: unknown) => log?.warn(error, "other processes could not be told of waiting jobs"));
  }

  function hear(payload: string | undefined): void {
    const said = JSON.parse(payload ?? "{}") as { process?: string; jobs?: [string, number][] };
    if (said.process === process) return;
    for (const [platformId, jobs] of said.jobs ?? []) signal.hear(platformId, jobs);
  }

  const { promise: listening, resolve: heard } = Promise.withResolvers<void>();
  async function listen(): Promise<void> {
    const client = await pool.connect();
    const { promise: broken, resolve: breakOff } = Promise.withResolvers<unknown>();
    const stop = () => breakOff(undefined);
    client.on("error", breakOff).on("notification", ({ payload }) => hear(payload));
    closing.signal.addEventListener("abort", stop, { once: true });
    try {
      await client.query(`listen ${channel}`);
      heard();
      if (closing.signal.aborted) return;
      const error = await broken;
      if (error !== undefined) throw error;
    } finally {
      closing.signal.removeEventListener("abort", stop);
      // It still listens: the pool has no other use for it.
      client.release(true);
    }
  }

  async function keepListening(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await listen();
      } catch (error) {
        log?.warn(error, "other processes are not heard of waiting jobs, and listened to again soon");
        await sleep(reconnectMs, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  }

  return {
    ...signal,
    listening,
    start(to) {
      log = to;
      const kept = keepListening();
      return async () => {
        closing.abort();
        clearTimeout(gathering);
        await Promise.all([kept, sending]);
      };
    },
  };
}

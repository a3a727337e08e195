import { followAllEvents, followEvents, Problem } from "@corbenic/protocol";
import type { FastifyReply } from "fastify";
import type { Services } from "../app.ts";
import type { Route } from "../http/route.ts";
import { stream } from "../http/stream.ts";
import type { OwnerId } from "../jobs/job-store.ts";
import { currentPosition, type EventPosition, isEventPosition } from "./event-store.ts";

/** A client that does not read has its stream ended; it takes up again where it left off. */
const unreadBytesMax = 1 << 20;

/** Without a word for so long, proxies take a stream for dead. */
const aliveMs = 15_000;

export function eventRoutes({ db, events, limits, stopping }: Services): Route[] {
  const followed = new Map<number, number>();

  function open(ownerId: number): () => void {
    const count = followed.get(ownerId) ?? 0;
    if (count >= limits.streamsMax) {
      throw new Problem("too_many_streams", `This account follows ${count} streams of events already.`, {
        detail: { streams_max: limits.streamsMax, retry_after_s: 5 },
      });
    }
    followed.set(ownerId, count + 1);
    return () => {
      const left = followed.get(ownerId)! - 1;
      if (left === 0) followed.delete(ownerId);
      else followed.set(ownerId, left);
    };
  }

  /** Takes up after the event that the client names, or begins with what comes after this moment. */
  async function positionAfter(last: string | string[] | undefined): Promise<EventPosition> {
    return typeof last === "string" && isEventPosition(last) ? last : currentPosition(db);
  }

  const follow = (endpoint: typeof followEvents | typeof followAllEvents, ownerOf: (id: number) => OwnerId) =>
    stream(endpoint, async ({ principal, headers, reply }) => {
      const after = await positionAfter(headers["last-event-id"]);
      const close = open(principal.userId);
      const send = begin(reply);
      const end = events.subscribe({
        ownerId: ownerOf(principal.userId),
        after,
        onEvent: ({ position, job_id, status, at_s, message }) =>
          send("job", { job_id, status, at: at_s, message }, position),
        onProgress: ({ job_id, progress, progress_message }) =>
          send("progress", { job_id, progress, progress_message }),
      });
      const alive = setInterval(() => reply.raw.write(":\n\n"), aliveMs);
      const finish = () => reply.raw.end();
      stopping.addEventListener("abort", finish, { once: true });
      reply.raw.once("close", () => {
        clearInterval(alive);
        stopping.removeEventListener("abort", finish);
        end();
        close();
      });
    });

  return [follow(followEvents, (id) => id), follow(followAllEvents, () => null)];
}

/** Begins the stream. @returns how to write an event to it */
function begin(reply: FastifyReply): (name: string, data: object, id?: string) => void {
  reply.hijack();
  reply.raw.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  reply.raw.write("retry: 2000\n\n");
  return (name, data, id) => {
    if (reply.raw.writableLength > unreadBytesMax) reply.raw.destroy();
    reply.raw.write(
      `event: ${name}\n${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(data)}\n\n`,
    );
  };
}

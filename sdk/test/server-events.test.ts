import { expect, test } from "vitest";
import { readEvents, type ServerEvent } from "../src/server-events.ts";

async function eventsIn(...chunks: string[]): Promise<ServerEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

test("events are read wherever the network cut them", async () => {
  const text =
    'retry: 2000\n\nevent: job\nid: 7-1\ndata: {"a":1}\n\n:\n\ndata: one\ndata: two\n\nevent: cut off';
  const whole = await eventsIn(text);
  expect(whole).toEqual([
    { name: "job", data: '{"a":1}', id: "7-1" },
    { name: "message", data: "one\ntwo", id: undefined },
  ]);
  for (const lineEnd of ["\n", "\r\n", "\r"]) {
    const sent = text.replaceAll("\n", lineEnd);
    for (let at = 1; at < sent.length; at++) {
      expect(await eventsIn(sent.slice(0, at), sent.slice(at))).toEqual(whole);
    }
  }
});

import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { startBalancer } from "./balancer.ts";
import { freePort } from "./ground.ts";

/** A server that says its name to whoever speaks. */
async function startNamed(name: string): Promise<{ port: number; close(): void }> {
  const port = await freePort();
  const server = createServer((socket) =>
    socket.on("data", () => socket.write(name)).on("error", () => undefined),
  );
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return { port, close: () => server.close() };
}

async function speak(socket: Socket): Promise<string> {
  socket.write("?");
  const [said] = (await once(socket, "data")) as [Buffer];
  return said.toString();
}

test("a balancer shares new connections out, keeps those that are open, and breaks them when it is cut", async () => {
  const [a, b] = [await startNamed("a"), await startNamed("b")];
  const balancer = await startBalancer([a.port, b.port]);
  const [first, second] = [connect(balancer.port), connect(balancer.port)];
  expect([await speak(first), await speak(second)].sort()).toEqual(["a", "b"]);
  balancer.route([b.port]);
  expect([await speak(first), await speak(second)].sort()).toEqual(["a", "b"]);
  const third = connect(balancer.port);
  expect(await speak(third)).toBe("b");
  const broken = Promise.all([first, second, third].map((socket) => once(socket, "error")));
  balancer.cut();
  await broken;
  await balancer.close();
  a.close();
  b.close();
});

test("a balancer that is stalled passes what it was given on when it is mended", async () => {
  const a = await startNamed("a");
  const balancer = await startBalancer([a.port]);
  const socket = connect(balancer.port);
  expect(await speak(socket)).toBe("a");
  balancer.stall();
  let heard = "";
  socket.on("data", (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.write("?");
  const other = connect(balancer.port);
  await once(other, "connect");
  expect(heard).toBe("");
  balancer.mend();
  await once(socket, "data");
  expect(heard).toBe("a");
  socket.destroy();
  other.destroy();
  await balancer.close();
  a.close();
});

import { connect, type Socket } from "node:net";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface WireClient {
  /** One request at a time. @throws when the connection breaks */
  ask(method: "GET" | "POST", path: string, token: string, body?: string): Promise<Answer>;
  close(): void;
}

/**
 * One connection that is kept, with just as much HTTP as this cloud speaks: a load that shares the machine with what
 * it measures must cost little of it.
 */
export function connectWire(url: string): Promise<WireClient> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve, reject) => {
    socket.once("error", reject).once("connect", () => resolve(speak(socket, `${hostname}:${port}`)));
  });
}

function speak(socket: Socket, host: string): WireClient {
  let said = "";
  let pending: PromiseWithResolvers<Answer> | undefined;
  const settle = (act: (waiting: PromiseWithResolvers<Answer>) => void) => {
    const waiting = pending;
    pending = undefined;
    if (waiting !== undefined) act(waiting);
  };
  socket.setNoDelay(true).setEncoding("latin1");
  socket.on("error", (error) => settle(({ reject }) => reject(error)));
  socket.on("close", () => settle(({ reject }) => reject(new Error("The server hung up."))));
  socket.on("data", (chunk: string) => {
    said = said === "" ? chunk : said + chunk;
    const head = said.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(said.slice(0, head))?.[1] ?? 0);
    if (said.length < head + 4 + length) return;
    const answer = { status: Number(said.slice(9, 12)), body: said.slice(head + 4) };
    said = "";
    settle(({ resolve }) => resolve(answer));
  });
  return {
    ask(method, path, token, body) {
      pending = Promise.withResolvers<Answer>();
      const more =
        body === undefined
          ? ""
          : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
      socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${token}\r\n${more}\r\n${body ?? ""}`,
      );
      return pending.promise;
    },
    close: () => socket.destroy(),
  };
}

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Limits } from "../../src/config.ts";

/** Several API processes on one database, of which each request asks another. */
export interface Processes {
  readonly fetch: typeof fetch;
  /** Lets each write down what it counted of the use of credentials. */
  flushUsage(): Promise<void>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL("api-process.ts", import.meta.url));

export async function startProcesses(
  count: number,
  databaseUrl: string,
  limits: Partial<Limits>,
): Promise<Processes> {
  const started = await Promise.all(Array.from({ length: count }, () => start({ databaseUrl, limits })));
  let asked = 0;
  const send = (url: URL, init: RequestInit): Promise<Response> => {
    const { port } = started[asked++ % started.length]!;
    return fetch(new URL(url.pathname + url.search, `http://127.0.0.1:${port}`), init);
  };
  return {
    fetch: send as unknown as typeof fetch,
    async flushUsage() {
      await Promise.all(
        started.map(async ({ child }) => {
          child.send("flush");
          await once(child, "message");
        }),
      );
    },
    async stop() {
      await Promise.all(
        started.map(async ({ child }) => {
          const ended = once(child, "exit");
          child.disconnect();
          const [code] = await ended;
          if (code !== 0) throw new Error(`an API process ended with ${code}`);
        }),
      );
    },
  };
}

async function start(given: object): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = fork(program, [JSON.stringify(given)], { execArgv: [] });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`an API process ended with ${code} before it listened`);
  });
  const [port] = (await Promise.race([once(child, "message"), ended])) as [number];
  ended.catch(() => undefined);
  return { child, port };
}

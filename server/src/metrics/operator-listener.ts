import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Registry } from "prom-client";
import type { Queryable } from "../database/database.ts";
import { listMigrations } from "../database/migrate.ts";
import { checkReadiness } from "../health/readiness.ts";
import { StartError } from "../start-error.ts";

export interface OperatorListener {
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/**
 * Listens on the loopback address alone, for what only operators are to know: `/metrics` in the text format of
 * Prometheus, and `/readyz`, which tells each thing that the process needs.
 * @throws {StartError} when the port cannot be had
 */
export async function listenToOperators(
  port: number,
  { db, registry }: { readonly db: Queryable; readonly registry: Registry },
): Promise<OperatorListener> {
  const schemaVersion = listMigrations().at(-1)?.version ?? 0;
  const answers: Readonly<Record<string, () => Promise<Answer>>> = {
    "/metrics": async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
    "/readyz": async () => {
      const { ready, checks } = await checkReadiness(db, schemaVersion);
      const body = JSON.stringify({ ready, checks });
      return { status: ready ? 200 : 503, type: "application/json", body };
    },
  };

  async function answer({ method, url }: IncomingMessage): Promise<Answer> {
    const path = (url ?? "/").split("?")[0]!;
    const known = method === "GET" ? answers[path] : undefined;
    if (known === undefined) {
      return { status: 404, type: "text/plain", body: "Here are GET /metrics and GET /readyz.\n" };
    }
    try {
      return await known();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { status: 503, type: "text/plain", body: `Cannot be read at this moment: ${reason}\n` };
    }
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answer(request).then(({ status, type, body }) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store" }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const why = `Cannot listen on 127.0.0.1:${port} for operators (${cause.message}): choose another with --metrics-port.`;
      reject(new StartError(why, { cause }));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

import type { IncomingHttpHeaders } from "node:http";
import type { Endpoint } from "@corbenic/protocol";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Principal } from "../credentials/credentials.ts";
import { declared, type Route } from "./route.ts";

/** What opens a stream: who asks, and the reply that it takes over. */
export interface StreamRequest {
  readonly principal: Principal;
  readonly headers: IncomingHttpHeaders;
  readonly reply: FastifyReply;
}

/** An endpoint whose answer goes on for as long as its client listens. */
export function stream(endpoint: Endpoint, open: (request: StreamRequest) => Promise<void>): Route {
  return {
    endpoint,
    register(app, services) {
      app.route({
        ...declared(endpoint, services),
        async handler({ principal, headers }: FastifyRequest, reply: FastifyReply) {
          await open({ principal: principal!, headers, reply });
        },
      });
    },
  };
}

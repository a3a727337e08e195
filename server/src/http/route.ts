import type { BodyOf, Endpoint, HeadersOf, ParamsOf, QueryOf, ResponseOf } from "@corbenic/protocol";
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { Services } from "../app.ts";
import type { Actor } from "../audit/actor.ts";
import type { Principal } from "../credentials/credentials.ts";
import { lastHeard } from "../database/silence.ts";
import { asOperation, reach } from "../failpoint.ts";
import { authorizationOf } from "../sessions/session-cookie.ts";
import { authenticate } from "./authenticate.ts";
import { acceptForms } from "./form-body.ts";
import { schemaOf } from "./openapi.ts";
import { whileAway } from "./while-away.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal: Principal | undefined;
  }
  interface FastifyContextConfig {
    problemFormat?: Endpoint["problemFormat"];
    operationId?: string;
    misfitStatus?: Endpoint["misfitStatus"];
  }
}

/** What a handler is given: the validated parts of the request, and who calls. */
export interface Request<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly headers: HeadersOf<E>;
  readonly body: BodyOf<E>;
  readonly principal: E extends { callers: "anyone" } ? undefined : Principal;
  /** Who calls, as the audit trail names them. */
  readonly actor: Actor;
  /** A signal that aborts when the client is gone before the answer, for handlers that wait. */
  readonly untilGone: () => AbortSignal;
}

export type Handler<E extends Endpoint> = (request: Request<E>) => ResponseOf<E> | Promise<ResponseOf<E>>;

/** An endpoint with its handler; the route table is a list of these. */
export interface Route {
  readonly endpoint: Endpoint;
  register(app: FastifyInstance, services: Pick<Services, "db" | "usage">): void;
}

export function route<const E extends Endpoint>(endpoint: E, handler: Handler<E>): Route {
  return {
    endpoint,
    register(app, services) {
      if (endpoint.bodyForms?.includes("form") !== true) {
        addRoute(app, services, endpoint, handler);
        return;
      }
      app.register(async (scope) => {
        acceptForms(scope);
        addRoute(scope, services, endpoint, handler);
      });
    },
  };
}

function addRoute<const E extends Endpoint>(
  app: FastifyInstance,
  services: Pick<Services, "db" | "usage">,
  endpoint: E,
  handler: Handler<E>,
): void {
  const holding = { repeatable: endpoint.method === "GET", lastHeard: () => lastHeard(services.db) };
  app.route({
    ...declared(endpoint, services),
    async handler(request: FastifyRequest, reply: FastifyReply) {
      const { params, query, headers, body, principal } = request;
      let gone: AbortSignal | undefined;
      const untilGone = () => {
        gone ??= goneSignal(reply);
        return gone;
      };
      const actor = actorOf(request);
      const handle = async () =>
        handler({ params, query, headers, body, principal, actor, untilGone } as Request<E>);
      const answer = await asOperation(endpoint.operationId, () => whileAway(handle, holding));
      reach(endpoint.operationId, "before_reply");
      reply.raw.once("finish", () => reach(endpoint.operationId, "after_reply"));
      return answer === undefined ? reply.code(204).send() : reply.code(200).send(answer);
    },
  });
}

/** All of a route but its handler: where it stands, what it takes, and who may call it. */
export function declared(
  endpoint: Endpoint,
  { db, usage }: Pick<Services, "db" | "usage">,
): Omit<RouteOptions, "handler"> {
  return {
    method: endpoint.method,
    url: endpoint.path.replace(/\{(\w+)\}/g, ":$1"),
    schema: schemaOf(endpoint),
    ...(endpoint.bodyBytesMax === undefined ? {} : { bodyLimit: endpoint.bodyBytesMax }),
    config: {
      problemFormat: endpoint.problemFormat ?? "problem+json",
      operationId: endpoint.operationId,
      ...(endpoint.misfitStatus === undefined ? {} : { misfitStatus: endpoint.misfitStatus }),
    },
    // Before the body is read: nobody unknown makes the server parse anything.
    async onRequest(request: FastifyRequest) {
      reach(endpoint.operationId, "received");
      const identify = () => authenticate(db, endpoint, authorizationOf(request));
      const principal = await whileAway(identify, { repeatable: true, lastHeard: () => lastHeard(db) });
      if (principal !== undefined) usage.note(principal.credentialId, request.ip);
      request.principal = principal;
    },
  };
}

export function actorOf({ principal, ip, id }: FastifyRequest): Actor {
  return {
    kind: principal?.kind ?? "anyone",
    userId: principal?.userId ?? null,
    credentialId: principal?.credentialId ?? null,
    address: ip,
    requestId: id,
  };
}

function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once("close", () => controller.abort());
  return controller.signal;
}

import swagger from "@fastify/swagger";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import type pg from "pg";
import { auditRoutes } from "./audit/audit-routes.ts";
import { companyRoutes } from "./companies/company-routes.ts";
import type { Limits } from "./config.ts";
import { tokenRoutes } from "./credentials/token-routes.ts";
import type { UsageTally } from "./credentials/usage-tally.ts";
import { workerKeyRoutes } from "./credentials/worker-key-routes.ts";
import type { EventFeed } from "./events/event-feed.ts";
import { eventRoutes } from "./events/event-routes.ts";
import { healthRoutes } from "./health/health-routes.ts";
import { loggerOf } from "./http/logger.ts";
import { pages } from "./http/pages.ts";
import { replyNotFound, replyToBadHttp, replyToBadPath, replyWithProblem } from "./http/problem-reply.ts";
import type { Route } from "./http/route.ts";
import { validatorFor } from "./http/validation.ts";
import { groupRoutes } from "./jobs/group-routes.ts";
import { jobListRoutes } from "./jobs/job-list-routes.ts";
import { jobRoutes } from "./jobs/job-routes.ts";
import { submissionRoutes } from "./jobs/submission-routes.ts";
import type { SubmissionTurns } from "./jobs/submission-turns.ts";
import { transitionRoutes } from "./jobs/transition-routes.ts";
import { usageRoutes } from "./jobs/usage-routes.ts";
import { leaseRoutes } from "./leases/lease-routes.ts";
import type { QueueSignal } from "./leases/queue-signal.ts";
import type { Turnstile } from "./leases/turnstile.ts";
import { loginRoutes } from "./logins/login-routes.ts";
import { permissionRoutes } from "./permissions/permission-routes.ts";
import { platformAdministrationRoutes } from "./platforms/administration-routes.ts";
import { maintenanceWindowRoutes } from "./platforms/maintenance-window-routes.ts";
import { platformRoutes } from "./platforms/platform-routes.ts";
import { sessionRoutes } from "./sessions/session-routes.ts";
import { selfRoutes } from "./users/self-routes.ts";
import { userRoutes } from "./users/user-routes.ts";

/** What handlers work with. */
export interface Services {
  readonly db: pg.Pool;
  readonly usage: UsageTally;
  readonly limits: Limits;
  readonly queueSignal: QueueSignal;
  readonly events: EventFeed;
  /** Aborts when the server begins to stop, so that whoever waits answers at once. */
  readonly stopping: AbortSignal;
  readonly version: string;
  /** What time it is for the guards of logins: the database's unless a test says otherwise. */
  readonly clock?: () => Date;
  /** At least 0 and less than 1; this process's own unless given. */
  readonly random?: (() => number) | undefined;
  /** How submissions of an account are taken in; by this process's own queues unless given. */
  readonly submissionTurns?: SubmissionTurns | undefined;
  /** Where workers go in that look at the queue; this process's own unless given. */
  readonly fetchTurnstile?: Turnstile | undefined;
}

/** Every operation of the cloud. */
export function routes(services: Services): Route[] {
  return [
    ...loginRoutes(services),
    ...sessionRoutes(services),
    ...selfRoutes(services),
    ...userRoutes(services),
    ...tokenRoutes(services),
    ...companyRoutes(services),
    ...permissionRoutes(services),
    ...submissionRoutes(services),
    ...jobRoutes(services),
    ...jobListRoutes(services),
    ...groupRoutes(services),
    ...usageRoutes(services),
    ...transitionRoutes(services),
    ...platformRoutes(services),
    ...platformAdministrationRoutes(services),
    ...maintenanceWindowRoutes(services),
    ...leaseRoutes(services),
    ...workerKeyRoutes(services),
    ...auditRoutes(services),
    ...eventRoutes(services),
    ...healthRoutes(services),
  ];
}

export interface AppOptions {
  readonly logger: FastifyServerOptions["logger"];
  /** The built web console, or null to serve none. */
  readonly consoleDirectory: string | null;
  /** Whether a proxy in front speaks TLS and tells the clients' addresses. */
  readonly behindProxy?: boolean;
}

/** The HTTP application: routes, their documentation and the pages. It does not listen yet. */
export async function createApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger: loggerOf(options.logger),
    // Clients give up on a 5xx; while the server stops, what still arrives is answered.
    return503OnClosing: false,
    bodyLimit: services.limits.bodyBytesMax,
    trustProxy: options.behindProxy ?? false,
    genReqId: () => crypto.randomUUID(),
    frameworkErrors: replyToBadPath,
    clientErrorHandler: replyToBadHttp,
    routerOptions: { maxParamLength: 255 },
  });
  app.setValidatorCompiler(validatorFor);
  app.setErrorHandler(replyWithProblem);
  app.setNotFoundHandler(replyNotFound);
  app.decorateRequest("principal", undefined);
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Corbenic",
        version: services.version,
        description: "A self-hosted cloud for photonic quantum computing.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer", description: "A job token, login token or worker key." },
        },
      },
    },
  });
  await app.register(async (scope) => {
    for (const route of routes(services)) route.register(scope, services);
  });
  await app.register(pages, { consoleDirectory: options.consoleDirectory, version: services.version });
  return app;
}

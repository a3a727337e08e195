import type { FastifyInstance } from "fastify";
import type pg from "pg";
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from "prom-client";

/**
 * What this process does: its memory, event loop and garbage collection, its connections to the database, and how
 * long it takes to answer, by operation and status. A fetch counts with the time for which it waited for a job.
 */
export function measureProcess(registry: Registry, app: FastifyInstance, pool: pg.Pool): void {
  collectDefaultMetrics({ register: registry });
  const answers = new Histogram({
    name: "corbenic_http_request_duration_seconds",
    help: "From the first byte of a request to the last of its answer.",
    labelNames: ["operation", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  app.addHook("onResponse", (request, reply, done) => {
    const operation = request.routeOptions.config.operationId ?? "none";
    answers.observe({ operation, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
  new Gauge({
    name: "corbenic_database_connections",
    help: "Connections of this process to its database, and requests that wait for one.",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "awaited" }, pool.waitingCount);
    },
  });
}

/** An API process of its own for the tests: asked over HTTP, told over its channel to write down what it counted. */
import type { AddressInfo } from "node:net";
import { createApp } from "../../src/app.ts";
import { defaultLimits, type Limits } from "../../src/config.ts";
import { createUsageTally } from "../../src/credentials/usage-tally.ts";
import { openPostgres } from "../../src/database/postgres.ts";
import { createEventFeed } from "../../src/events/event-feed.ts";
import { shareQueueSignal } from "../../src/leases/queue-notifications.ts";

const { databaseUrl, limits } = JSON.parse(process.argv[2]!) as {
  readonly databaseUrl: string;
  readonly limits: Partial<Limits>;
};
const { pool, close } = await openPostgres(databaseUrl, { poolSize: 8 });
const stopping = new AbortController();
const usage = createUsageTally();
const queueSignal = shareQueueSignal(pool);
const services = {
  db: pool,
  usage,
  events: createEventFeed(pool),
  limits: { ...defaultLimits, ...limits },
  queueSignal,
  stopping: stopping.signal,
  version: "0.0.0-test",
};
const app = await createApp(services, { logger: false, consoleDirectory: null });
const silence = queueSignal.start(console);
await queueSignal.listening;
await app.listen({ host: "127.0.0.1", port: 0 });
process.on("message", async (message) => {
  if (message !== "flush") throw new Error(`nobody tells an API process to ${JSON.stringify(message)}`);
  await usage.flush(pool);
  process.send!("flushed");
});
process.on("disconnect", async () => {
  stopping.abort();
  await app.close();
  await silence();
  await close();
});
process.send!((app.server.address() as AddressInfo).port);

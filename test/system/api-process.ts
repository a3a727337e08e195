/**
 * One API process of several on one database, without a worker: prints its address and what is needed to use it, and
 * serves until it is asked to stop. Arguments: the address of the database, a data directory.
 */
import { setUpLocalCloud, startServer } from "@corbenic/server";

const [databaseUrl, dataDirectory] = process.argv.slice(2) as [string, string];
const server = await startServer({
  host: "127.0.0.1",
  port: 0,
  dataDirectory,
  databaseUrl,
  consoleDirectory: null,
  logger: { level: "error", stream: process.stderr },
  // Only a notification wakes a worker that waits.
  limits: { queuePollMs: 600_000 },
});
const { jobToken, workerKey } = await setUpLocalCloud(server);
process.stdout.write(`${JSON.stringify({ url: server.url, jobToken, workerKey })}\n`);
process.once("SIGTERM", () => void server.stop());

import { startServer } from "@corbenic/server";

/** A server alone in a process, for tests that kill it. It says where it listens on standard output. */
const server = await startServer({
  host: process.env.HOST ?? "127.0.0.1",
  // What is not the loopback address is a network of this machine's own.
  behindProxy: process.env.HOST !== undefined,
  port: Number(process.env.PORT ?? 0),
  dataDirectory: process.env.DATA_DIRECTORY!,
  databaseUrl: process.env.DATABASE_URL,
  consoleDirectory: null,
  logger:
    process.env.LOG_LEVEL === undefined ? false : { level: process.env.LOG_LEVEL, stream: process.stderr },
  limits: JSON.parse(process.env.LIMITS ?? "{}") as object,
});
process.stdout.write(`${server.url}\n`);
process.on("SIGTERM", async () => {
  await server.stop();
  process.exit(0);
});

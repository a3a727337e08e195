import { resolve } from "node:path";
import { Command } from "commander";
import { consoleDirectory } from "./console-directory.ts";
import { createLog } from "./log.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";
import { untilAskedToStop } from "./until-asked-to-stop.ts";

const used = ["host", "port", "metricsPort", "dataDir", "databaseUrl", "logLevel"] as const;

export function serveCommand(): Command {
  const command = new Command("serve")
    .description("run the control plane alone: workers run elsewhere, with a key")
    .option("--behind-proxy", "listen publicly: a proxy in front speaks TLS and names the clients", false)
    .option("--json", "one JSON line on standard output when ready", false);
  return withSettings(command, used).action(async (options: { behindProxy: boolean; json: boolean }) => {
    const settings = valuesOf(command, used);
    const { offerBootstrap, startServer } = await import("@corbenic/server");
    const stopped = untilAskedToStop();
    const server = await startServer({
      host: settings.host,
      port: settings.port,
      dataDirectory: resolve(settings.dataDir),
      databaseUrl: settings.databaseUrl,
      metricsPort: settings.metricsPort,
      consoleDirectory,
      logger: createLog(settings.logLevel),
      behindProxy: options.behindProxy,
    });
    try {
      const bootstrap = (await offerBootstrap(server.database.pool))?.secret ?? null;
      if (options.json) {
        process.stdout.write(
          `${JSON.stringify({ url: server.url, version: server.version, bootstrap, metrics_url: server.metricsUrl })}\n`,
        );
      } else {
        process.stdout.write(`Corbenic ${server.version} serves ${server.url}.\n`);
        if (server.metricsUrl !== null) {
          process.stdout.write(`Operators read ${server.metricsUrl}/metrics and /readyz.\n`);
        }
        if (bootstrap !== null) {
          process.stdout.write(
            `It has no administrator yet. Within the hour, make the first one: corbenic bootstrap ${bootstrap} <email>\n`,
          );
        }
      }
      await stopped;
    } finally {
      await server.stop();
    }
  });
}

import { CloudContext, readHealth } from "@corbenic/sdk";
import { Command } from "commander";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["url"] as const;

export function statusCommand(): Command {
  const command = new Command("status")
    .description("tell whether the cloud answers and reaches its database")
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async ({ json }: { json: boolean }) => {
    const { url } = valuesOf(command, used);
    const startedAt = performance.now();
    const { status, version } = await readHealth(new CloudContext(url));
    const answeredInMs = Math.round(performance.now() - startedAt);
    process.stdout.write(
      json
        ? `${JSON.stringify({ url, status, version, answered_in_ms: answeredInMs })}\n`
        : `${url} is ${status}: Corbenic ${version}, answered in ${answeredInMs} ms.\n`,
    );
  });
}

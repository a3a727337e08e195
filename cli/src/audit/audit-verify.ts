import { resolve } from "node:path";
import { Command } from "commander";
import { exitCodes } from "../exit-codes.ts";
import { valuesOf, withSettings } from "../settings/with-settings.ts";

const used = ["dataDir", "databaseUrl"] as const;

export function auditVerifyCommand(): Command {
  const command = new Command("verify")
    .description("check in the database that no event of the audit trail was changed, left out or cut off")
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async ({ json }: { json: boolean }) => {
    const settings = valuesOf(command, used);
    const { openDatabase, verifyAudit } = await import("@corbenic/server");
    const database = await openDatabase({ ...settings, dataDirectory: resolve(settings.dataDir) });
    try {
      const verdict = await verifyAudit(database.pool);
      const sentence = verdict.whole
        ? `The audit trail is whole: ${verdict.events} events.`
        : `The audit trail is broken: ${JSON.stringify(verdict)}.`;
      process.stdout.write(json ? `${JSON.stringify(verdict)}\n` : `${sentence}\n`);
      if (!verdict.whole) process.exitCode = exitCodes.failed.code;
    } finally {
      await database.close();
    }
  });
}

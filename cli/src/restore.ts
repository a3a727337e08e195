import { createReadStream, existsSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { UsageError } from "./exit-codes.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["dataDir", "databaseUrl"] as const;

export function restoreCommand(): Command {
  const command = new Command("restore")
    .description("fill an empty database from a backup, also one of another kind")
    .argument("<file>", "a backup that `corbenic backup` wrote")
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async (file: string, { json }: { json: boolean }) => {
    const path = resolve(file);
    if (!existsSync(path)) throw new UsageError(`There is no backup ${path}.`);
    const settings = valuesOf(command, used);
    const { openDatabase, restoreBackup } = await import("@corbenic/server");
    const database = await openDatabase({ ...settings, dataDirectory: resolve(settings.dataDir) });
    try {
      const rows = await restoreBackup(database.pool, createReadStream(path));
      const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
      process.stdout.write(
        json ? `${JSON.stringify({ file: path, rows })}\n` : `Restored ${count} rows from ${path}.\n`,
      );
    } finally {
      await database.close();
    }
  });
}

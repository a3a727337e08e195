import { createWriteStream, renameSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { Command } from "commander";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["dataDir", "databaseUrl"] as const;

export function backupCommand(): Command {
  const command = new Command("backup")
    .description("write everything the database holds to a file; an embedded one must not be in use")
    .argument("<file>", "where to write it, such as corbenic.backup")
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async (file: string, { json }: { json: boolean }) => {
    const path = resolve(file);
    const rows = await backUp(path, valuesOf(command, used));
    const count = Object.values(rows).reduce((sum, each) => sum + each, 0);
    process.stdout.write(
      json
        ? `${JSON.stringify({ file: path, rows })}\n`
        : `Wrote ${count} rows to ${path}. Keep it as safe as the database: it holds payloads, results and password hashes.\n`,
    );
  });
}

/** A backup that is cut short never stands under its name. */
async function backUp(path: string, settings: { dataDir: string; databaseUrl: string | undefined }) {
  const { openDatabase, writeBackup } = await import("@corbenic/server");
  const database = await openDatabase({ ...settings, dataDirectory: resolve(settings.dataDir) });
  const half = `${path}.part`;
  try {
    const rows = await writeBackup(database.pool, createWriteStream(half, { mode: 0o600, flush: true }));
    renameSync(half, path);
    return rows;
  } finally {
    rmSync(half, { force: true });
    await database.close();
  }
}

import { Command } from "commander";
import type { Finding } from "./doctor-checks.ts";
import { exitCodes } from "./exit-codes.ts";
import { printRows } from "./print/print-rows.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["host", "port", "dataDir", "databaseUrl"] as const;
const signs: Record<Finding["verdict"], string> = { good: "✓", doubtful: "!", bad: "✗" };

export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("check that a cloud can run on this machine, and say what to mend")
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async ({ json }: { json: boolean }) => {
    const { findings } = await import("./doctor-checks.ts");
    const found = await findings(valuesOf(command, used));
    printRows(found, json, [
      { title: "", text: ({ verdict }) => signs[verdict] },
      { title: "CHECK", text: ({ check }) => check },
      { title: "FOUND", text: ({ found }) => found },
      { title: "WHAT TO DO", text: ({ remedy }) => remedy ?? "" },
    ]);
    if (found.some(({ verdict }) => verdict === "bad")) process.exitCode = exitCodes.failed.code;
  });
}

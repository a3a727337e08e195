import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";
import { backupCommand } from "./backup.ts";
import { configShowCommand } from "./config-show.ts";
import { devCommand } from "./dev.ts";
import { doctorCommand } from "./doctor.ts";
import { restoreCommand } from "./restore.ts";
import { statusCommand } from "./status.ts";
import { waitReadyCommand } from "./wait-ready.ts";
import { workerCommand } from "./worker.ts";

/** Every command: a noun with its verbs, or a verb of its own. */
export function createProgram(): Command {
  const program = new Command("corbenic")
    .description("A self-hosted cloud for photonic quantum computing")
    .option("--config <file>", "a configuration file instead of ./corbenic.json (CORBENIC_CONFIG)")
    .addCommand(devCommand())
    .addCommand(workerCommand())
    .addCommand(statusCommand())
    .addCommand(waitReadyCommand())
    .addCommand(doctorCommand())
    .addCommand(backupCommand())
    .addCommand(restoreCommand())
    .addCommand(noun("config", "settings and where they come from", [configShowCommand()]))
    .showHelpAfterError("(corbenic --help lists the commands)")
    .exitOverride();
  tab(program);
  return program;
}

function noun(name: string, description: string, verbs: readonly Command[]): Command {
  const command = new Command(name).description(description);
  for (const verb of verbs) command.addCommand(verb);
  return command;
}

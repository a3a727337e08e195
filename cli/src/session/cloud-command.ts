import { Command } from "commander";
import { withSettings } from "../settings/with-settings.ts";
import { openSession, type Session, sessionSettings } from "./session.ts";

/**
 * A command that talks to a cloud: it takes its address, a token and `--json`.
 * @param run given the session, then the arguments, then the options
 */
export function cloudCommand<Args extends readonly unknown[]>(
  name: string,
  description: string,
  configure: (command: Command) => Command,
  run: (session: Session, ...args: Args) => Promise<void>,
): Command {
  const command = configure(new Command(name).description(description)).option("--json", "print JSON", false);
  return withSettings(command, sessionSettings).action((...given: unknown[]) =>
    // Commander gives the command itself last.
    run(openSession(command), ...(given.slice(0, -1) as unknown as Args)),
  );
}

export interface JsonOption {
  readonly json: boolean;
}

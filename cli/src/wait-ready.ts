import { setTimeout as sleep } from "node:timers/promises";
import { CloudContext, CloudError, readHealth } from "@corbenic/sdk";
import { Command, InvalidArgumentError } from "commander";
import { TimedOutError } from "./exit-codes.ts";
import { printDone } from "./print/print-fields.ts";
import type { JsonOption } from "./session/cloud-command.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["url"] as const;
const pauseMs = 200;

export function waitReadyCommand(): Command {
  const command = new Command("wait-ready")
    .description("wait until the cloud answers, for scripts that have just started it")
    .option("--timeout <seconds>", "how long to wait", parseSeconds, 60)
    .option("--json", "print JSON", false);
  return withSettings(command, used).action(async ({ timeout, json }: JsonOption & { timeout: number }) => {
    const { url } = valuesOf(command, used);
    await waitReady(url, timeout * 1000);
    printDone({ url, ready: true }, json, `${url} is ready.`);
  });
}

/** @throws {TimedOutError} with the last reason why the cloud did not answer */
async function waitReady(url: string, timeoutMs: number): Promise<void> {
  const context = new CloudContext(url);
  const until = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = until - performance.now();
    try {
      await readHealth(context, { signal: AbortSignal.timeout(Math.max(1, Math.ceil(leftMs))) });
      return;
    } catch (error) {
      const notYet =
        (error instanceof CloudError && ["unreachable", "busy"].includes(error.code)) ||
        (error instanceof Error && error.name === "TimeoutError");
      if (!notYet) throw error;
      if (performance.now() + pauseMs >= until) {
        throw new TimedOutError(
          `${url} was not ready within ${timeoutMs / 1000} seconds (${error.message}): check --url, or give it longer with --timeout.`,
          { cause: error },
        );
      }
    }
    await sleep(pauseMs);
  }
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError("Give seconds, from 0 to 86400.");
  return seconds;
}

import { setTimeout as sleep } from "node:timers/promises";
import { CloudContext, CloudError, readHealth } from "@corbenic/sdk";
import { Command, InvalidArgumentError } from "commander";
import { TimedOutError } from "./exit-codes.ts";
import { valuesOf, withSettings } from "./settings/with-settings.ts";

const used = ["url"] as const;
const pauseMs = 200;
/** What a cloud that is still starting may say, or what stands in front of it. */
const passing: readonly string[] = ["unreachable", "unexpected_answer", "busy"];

export function waitReadyCommand(): Command {
  const command = new Command("wait-ready")
    .description("wait until the cloud answers, for scripts that have just started it")
    .option("--timeout <seconds>", "how long to wait", parseSeconds, 60);
  return withSettings(command, used).action(async ({ timeout }: { timeout: number }) => {
    const { url } = valuesOf(command, used);
    await waitReady(url, timeout * 1000);
    process.stdout.write(`${url} is ready.\n`);
  });
}

/** @throws {TimedOutError} with the last reason why the cloud did not answer */
async function waitReady(url: string, timeoutMs: number): Promise<void> {
  const cloud = new CloudContext(url);
  const until = performance.now() + timeoutMs;
  for (;;) {
    const leftMs = until - performance.now();
    try {
      await readHealth(cloud, { signal: AbortSignal.timeout(Math.max(1, Math.ceil(leftMs))) });
      return;
    } catch (error) {
      const notYet =
        (error instanceof CloudError && passing.includes(error.code)) ||
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

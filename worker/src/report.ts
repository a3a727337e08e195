import { setTimeout as sleep } from "node:timers/promises";
import { Problem } from "@corbenic/protocol";
import type { Lease } from "./heartbeat.ts";
import type { Log } from "./log.ts";

const pausesMs = [200, 500, 1_000, 2_000, 5_000];

/**
 * Sends a report until the cloud has answered it, as long as the lease lives. Reports may be repeated: the cloud
 * answers a repeated one as it did the first.
 * @throws what the cloud refuses the report with, or the last failure to reach it
 */
export async function reportUntilHeard(
  send: () => Promise<void>,
  { log, lease }: { readonly log: Log; readonly lease: Lease },
): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await send();
    } catch (error) {
      const refused = error instanceof Problem && error.status < 500 && error.status !== 429;
      if (refused || lease.over.aborted) throw error;
      const pauseMs = pausesMs[Math.min(tries, pausesMs.length - 1)]!;
      log.warn({ err: error, retry_ms: pauseMs }, "cannot report, trying again");
      await sleep(pauseMs);
    }
  }
}

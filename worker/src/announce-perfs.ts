import { call, listAllPlatforms, UnreachableError, updatePlatform } from "@corbenic/protocol";
import type { LeaseLoop } from "./lease-loop.ts";
import { deadline } from "./machine.ts";
import { reportUntilHeard } from "./report.ts";

/** How long one call may take. */
const answerMs = 10_000;

/**
 * Has the cloud know what the runner measured of itself: for each simulator among the key's platforms, or for the one
 * that jobs are taken of, beside what else is known of it. The cloud estimates by it how long jobs take.
 */
export async function announcePerfs(loop: LeaseLoop): Promise<void> {
  const { runner, machine, log, stopping } = loop;
  const perfs = await runner.perfs?.();
  if (perfs === undefined) return;
  log.info({ perfs }, "measured how fast this machine simulates");
  try {
    await reportUntilHeard(() => announce(perfs, loop), { machine, log, giveUp: stopping });
  } catch (error) {
    if (!stopping.aborted)
      log.warn({ err: error }, "the cloud does not know how fast this machine simulates");
  }
}

async function announce(
  perfs: Readonly<Record<string, number>>,
  { cloud, machine, platform, stopping }: LeaseLoop,
): Promise<void> {
  const late = () => new UnreachableError("the cloud did not answer what was said of the platforms");
  const { signal, clear } = deadline(machine, answerMs, late, [stopping]);
  try {
    const { platforms } = await call(listAllPlatforms, cloud, {
      query: { type: "simulator", limit: 200 },
      signal,
    });
    for (const { id, name, perfs: known } of platforms) {
      if (platform !== undefined && name !== platform) continue;
      const body = { perfs: { ...known, ...perfs } };
      await call(updatePlatform, cloud, { params: { id }, body, signal });
    }
  } finally {
    clear();
  }
}

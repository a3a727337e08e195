import type { Limits } from "../config.ts";

/**
 * The attempts that a job gets on a platform. What hardware fails at once it mostly fails again, in time that
 * everybody shares.
 */
export function attemptsMaxOn(
  platformName: string,
  limits: Pick<Limits, "attemptsMax" | "attemptsMaxOnHardware">,
): number {
  return platformName.startsWith("qpu:") ? limits.attemptsMaxOnHardware : limits.attemptsMax;
}

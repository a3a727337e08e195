import type { Destination } from "../admission/room.ts";
import type { Limits } from "../config.ts";

/**
 * The attempts that a job gets on a platform. What hardware fails at once it mostly fails again, in time that
 * everybody shares. Where workers do not name their leases, a second attempt could be ended by the first.
 */
export function attemptsMaxOn(
  { platformName, legacySingle }: Pick<Destination, "platformName" | "legacySingle">,
  limits: Pick<Limits, "attemptsMax" | "attemptsMaxOnHardware">,
): number {
  if (legacySingle) return 1;
  return platformName.startsWith("qpu:") ? limits.attemptsMaxOnHardware : limits.attemptsMax;
}

import { type PlatformAvailability, platformStatuses } from "@corbenic/protocol";
import type { StatusShares } from "./availability-store.ts";

/** The shares of each hour or day, and of all of them together, each weighed by how much of it is known. */
export function presentAvailability(
  name: string,
  per: PlatformAvailability["per"],
  shares: readonly StatusShares[],
): PlatformAvailability {
  const seconds = shares.reduce((sum, part) => sum + part.seconds, 0);
  const average = (status: (typeof platformStatuses)[number]) =>
    Math.min(1, shares.reduce((sum, part) => sum + part[status] * part.seconds, 0) / seconds);
  const total = Object.fromEntries(platformStatuses.map((status) => [status, average(status)]));
  return {
    platform_name: name,
    per,
    total: seconds > 0 ? (total as NonNullable<PlatformAvailability["total"]>) : null,
    shares: [...shares],
  };
}

import type { Size } from "./world.ts";

/** How much can go on at once in what the tests explore. */
export const sizes = {
  small: { workers: 2, attemptsMax: 2, leasesMax: 3, messagesMax: 1, crashesMax: 1, suspendsMax: 1 },
  crowd: { workers: 3, attemptsMax: 2, leasesMax: 2, messagesMax: 2, crashesMax: 1, suspendsMax: 1 },
} as const satisfies Record<string, Size>;

/** What `npm run model -- --large` explores besides. */
export const largeSizes = {
  late: { workers: 2, attemptsMax: 2, leasesMax: 3, messagesMax: 2, crashesMax: 1, suspendsMax: 1 },
  large: { workers: 2, attemptsMax: 3, leasesMax: 4, messagesMax: 2, crashesMax: 0, suspendsMax: 1 },
} as const satisfies Record<string, Size>;

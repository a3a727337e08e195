import type { Queryable } from "../database/database.ts";
import type { JobCounts } from "./admission-store.ts";
import { countFor, type Destination } from "./room.ts";
import type { Submitter } from "./submitter.ts";

/** What jobs there are, for whoever stores several of one account in a transaction. */
export interface OpenRoom {
  /** The jobs that there are, with those that were stored since the room was opened. */
  count(submitter: Submitter, destination: Destination): Promise<JobCounts>;
  /** Notes that a job was stored. */
  take(submitter: Submitter, destination: Destination): void;
}

interface Counted {
  readonly jobs: JobCounts;
  /** How many jobs had been stored when these were counted. */
  readonly taken: number;
}

/**
 * Opens the room of an account while its share group is locked. The database counts once for each platform and token,
 * and what is stored afterwards is added: exact for the account and its token, but that jobs may end meanwhile; jobs
 * of others may arrive on the platform.
 */
export function openRoom(client: Queryable): OpenRoom {
  const counted = new Map<string, Counted>();
  const taken: { readonly platformId: string; readonly tokenId: number | null }[] = [];
  return {
    async count(submitter, destination) {
      const { platformId } = destination;
      const { tokenId } = submitter;
      const key = `${platformId} ${tokenId}`;
      const before = counted.get(key) ?? {
        jobs: await countFor(client, submitter, destination),
        taken: taken.length,
      };
      counted.set(key, before);
      const since = taken.slice(before.taken);
      const onPlatform = since.filter((job) => job.platformId === platformId).length;
      const byToken = since.filter((job) => job.tokenId !== null && job.tokenId === tokenId).length;
      const { of_account, of_account_on_platform, of_platform, by_token } = before.jobs;
      return {
        of_account: of_account + since.length,
        of_account_on_platform: of_account_on_platform + onPlatform,
        of_platform: of_platform + onPlatform,
        by_token: by_token + byToken,
      };
    },
    take: ({ tokenId }, { platformId }) => void taken.push({ platformId, tokenId }),
  };
}

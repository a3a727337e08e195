import type { Queryable } from "../database/database.ts";
import type { OwnerId } from "../jobs/job-store.ts";
import {
  type EventPosition,
  type JobEventRow,
  listEventsAfter,
  listProgressOf,
  type ProgressRow,
} from "./event-store.ts";

export interface Subscriber {
  /** Whose jobs it is told of; null for everybody's. */
  readonly ownerId: OwnerId;
  /** The last event that it knows. */
  readonly after: EventPosition;
  onEvent(event: JobEventRow): void;
  onProgress(progress: ProgressRow): void;
}

/** What happens to jobs, told to those who own them and to those who look after all. */
export interface EventFeed {
  /** @returns how to end it */
  subscribe(subscriber: Subscriber): () => void;
  /** Looks once for what is new, and tells it. Looks that overlap become one. */
  look(): Promise<void>;
}

const eventsAtOnce = 1_000;

/**
 * All subscribers of a process share two small queries a look, and without subscribers there are none. Each is told
 * every event once, in order; of progress, what it has become since the last look.
 */
export function createEventFeed(db: Queryable): EventFeed {
  const subscribers = new Map<Subscriber, EventPosition>();
  const progressTold = new Map<string, string>();
  let looking: Promise<void> | undefined;

  async function tellEvents(): Promise<void> {
    for (const [after, group] of Map.groupBy(subscribers.keys(), (each) => subscribers.get(each)!)) {
      await tellGroup(group, after);
    }
  }

  /** Subscribers that know the same events: nearly always all of them. */
  async function tellGroup(group: readonly Subscriber[], after: EventPosition): Promise<void> {
    const owners = ownersOf(group);
    const events = await listEventsAfter(db, { owners, after, most: eventsAtOnce });
    const last = events.at(-1)?.position;
    for (const subscriber of group) {
      if (!subscribers.has(subscriber)) continue;
      if (last !== undefined) subscribers.set(subscriber, last);
      for (const event of events) if (isFor(subscriber, event)) subscriber.onEvent(event);
    }
  }

  async function tellProgress(): Promise<void> {
    const running = await listProgressOf(db, ownersOf([...subscribers.keys()]));
    const ids = new Set(running.map(({ job_id }) => job_id));
    for (const id of progressTold.keys()) if (!ids.has(id)) progressTold.delete(id);
    for (const row of running) {
      const text = `${row.progress} ${row.progress_message ?? ""}`;
      if (progressTold.get(row.job_id) === text) continue;
      progressTold.set(row.job_id, text);
      for (const subscriber of subscribers.keys()) {
        if (isFor(subscriber, row)) subscriber.onProgress(row);
      }
    }
  }

  async function lookOnce(): Promise<void> {
    if (subscribers.size === 0) return;
    await tellEvents();
    await tellProgress();
  }
  return {
    subscribe(subscriber) {
      subscribers.set(subscriber, subscriber.after);
      return () => {
        subscribers.delete(subscriber);
      };
    },
    look() {
      looking ??= lookOnce().finally(() => {
        looking = undefined;
      });
      return looking;
    },
  };
}

/** The owners whose jobs any of these is told of; null for everybody's. */
function ownersOf(group: readonly Subscriber[]): readonly number[] | null {
  const owners = new Set<number>();
  for (const { ownerId } of group) {
    if (ownerId === null) return null;
    owners.add(ownerId);
  }
  return [...owners];
}

function isFor({ ownerId }: Subscriber, { owner_id }: { readonly owner_id: number }): boolean {
  return ownerId === null || ownerId === owner_id;
}

import {
  type CallTarget,
  call,
  type PlatformChange,
  type PlatformSpecs,
  registerPlatform,
  UnreachableError,
  updatePlatform,
} from "@corbenic/protocol";
import type { Log } from "../log.ts";
import { deadline, type Machine } from "../machine.ts";
import { reportUntilHeard } from "../report.ts";

/** What a worker says of a platform of its key. */
export interface Announcement {
  readonly name: string;
  readonly type: string;
  readonly specs: PlatformSpecs;
}

/** What the cloud knows of a platform, as far as its worker measures or decides it. */
export type Observed = Pick<PlatformChange, "perfs" | "status">;

export interface PlatformRecord {
  /** Has the cloud know it, sooner or later: of what is told meanwhile, only the latest is sent. */
  tell(observed: Observed): void;
  /** Resolves when all that was told is known, or could not be. */
  settled(): Promise<void>;
}

export interface RecordOptions {
  readonly cloud: CallTarget;
  readonly machine: Machine;
  readonly log: Log;
  /** Aborts when nothing more is to be sent. */
  readonly giveUp: AbortSignal;
}

/** How long one report may take. */
const answerMs = 10_000;

/** Announces the platform when something is first told of it, and then sends what has changed. */
export function keepPlatformRecord(announced: Announcement, options: RecordOptions): PlatformRecord {
  const { cloud, machine, log, giveUp } = options;
  const told: Observed = {};
  let pending: Observed | undefined;
  let sending: Promise<void> | undefined;
  let id: string | undefined;

  async function send(observed: Observed): Promise<void> {
    const late = () => new UnreachableError("the cloud did not answer what was said of the platform");
    const { signal, clear } = deadline(machine, answerMs, late, [giveUp]);
    try {
      id ??= (await call(registerPlatform, cloud, { body: announced, signal })).id;
      await call(updatePlatform, cloud, { params: { id }, body: observed, signal });
    } finally {
      clear();
    }
  }

  async function sendAll(): Promise<void> {
    for (let next = pending; next !== undefined && !giveUp.aborted; next = pending) {
      pending = undefined;
      const observed = next;
      await reportUntilHeard(() => send(observed), { machine, log, giveUp }).catch((error: unknown) => {
        log.warn({ platform: announced.name, err: error }, "the cloud does not know how the platform is");
      });
    }
    sending = undefined;
  }

  return {
    tell(observed) {
      const { perfs, status } = observed;
      const changed: Observed = {
        ...(isNews(told.perfs, perfs) ? { perfs } : {}),
        ...(isNews(told.status, status) ? { status } : {}),
      };
      if (Object.keys(changed).length === 0) return;
      Object.assign(told, changed);
      pending = { ...pending, ...changed };
      sending ??= sendAll();
    },
    settled: () => sending ?? Promise.resolve(),
  };
}

function isNews(before: unknown, now: unknown): boolean {
  return now !== undefined && JSON.stringify(before) !== JSON.stringify(now);
}

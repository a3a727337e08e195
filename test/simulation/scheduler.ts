import { createHash } from "node:crypto";
import type { Chance } from "./chance.ts";

export interface Scheduled {
  cancel(): void;
}

/** Virtual time, in which one thing happens after another. */
export interface Scheduler {
  /** Milliseconds since the beginning. */
  readonly now: number;
  /** What has happened so far. */
  readonly steps: number;
  /** Lets something happen after so long; what is due at the same instant happens in an order that is drawn. */
  after(ms: number, what: string, act: () => void | Promise<void>): Scheduled;
  /** Adds to the trace what is worth comparing between two runs of a seed. */
  note(text: string): void;
  /** Lets things happen until the condition holds or nothing is left to happen. */
  runUntil(over: () => boolean): Promise<void>;
  /** Of everything that happened, and when. */
  traceHash(): string;
  /** The last things that happened, for people. */
  readonly recent: readonly string[];
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly what: string;
  readonly act: () => void | Promise<void>;
  canceled: boolean;
}

const recentMax = 60;

export function createScheduler(chance: Chance): Scheduler {
  const heap: Entry[] = [];
  const hash = createHash("sha256");
  const recent: string[] = [];
  let now = 0;
  let steps = 0;

  const note = (text: string) => {
    const line = `${now.toFixed(3)} ${text}`;
    hash.update(line).update("\n");
    recent.push(line);
    if (recent.length > recentMax) recent.shift();
  };

  return {
    get now() {
      return now;
    },
    get steps() {
      return steps;
    },
    recent,
    note,
    after(ms, what, act) {
      const entry = { at: now + Math.max(0, ms), order: chance.next(), what, act, canceled: false };
      push(heap, entry);
      return {
        cancel: () => {
          entry.canceled = true;
        },
      };
    },
    async runUntil(over) {
      while (!over()) {
        const entry = pop(heap);
        if (entry === undefined) return;
        if (entry.canceled) continue;
        now = entry.at;
        steps += 1;
        note(entry.what);
        await entry.act();
        await settled();
      }
    },
    traceHash: () => hash.copy().digest("hex").slice(0, 16),
  };
}

/** Everything that waits for neither time nor the database has happened: streams of requests need some turns. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}

function before(a: Entry, b: Entry): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

function push(heap: Entry[], entry: Entry): void {
  let index = heap.length;
  heap.push(entry);
  while (index > 0) {
    const parent = (index - 1) >> 1;
    if (!before(entry, heap[parent]!)) break;
    heap[index] = heap[parent]!;
    index = parent;
  }
  heap[index] = entry;
}

function pop(heap: Entry[]): Entry | undefined {
  const top = heap[0];
  const last = heap.pop();
  if (top === undefined || last === undefined || heap.length === 0) return top;
  let index = 0;
  for (;;) {
    let child = 2 * index + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
    if (!before(heap[child]!, last)) break;
    heap[index] = heap[child]!;
    index = child;
  }
  heap[index] = last;
  return top;
}

import { Worker } from "node:worker_threads";
import { Problem } from "@corbenic/protocol";
import type { CodedFinding } from "./findings.ts";
import { checkPayload, type PayloadRules, type PayloadVerdict } from "./payload-check.ts";
import type { FromPayloadThread, ToPayloadThread } from "./payload-thread.ts";
import { type Clock, watchTime } from "./watch-time.ts";

/** Checks payloads without keeping whoever else is served waiting. */
export interface PayloadChecker {
  /**
   * @param text the payload as JSON
   * @throws {Problem} `busy` when too many payloads wait to be checked, or this machine has no time to
   */
  check(
    text: string,
    payload: Readonly<Record<string, unknown>>,
    rules: PayloadRules,
  ): Promise<PayloadVerdict>;
  close(): Promise<void>;
}

export interface PayloadCheckerOptions {
  /** Up to this size a payload is checked at once, in less time than 50 ms whatever it inflates to. */
  readonly inlineBytesMax: number;
  /** Processor time that the check of one payload may take. */
  readonly checkMs: number;
  /** How long the check may last on a machine that is busy otherwise. */
  readonly patienceMs: number;
  /** Payloads that may wait for the thread. */
  readonly waitingMax: number;
  /** Memory of the thread. */
  readonly threadMegabytesMax: number;
}

/**
 * The bound for checking at once is low since size says little: zlib packs 750 to 1, and 6 kB of a large unitary
 * matrix take as long as 200 kB of a long circuit. Most payloads of real clients are below it.
 */
export const defaultCheckerOptions: PayloadCheckerOptions = {
  inlineBytesMax: 1_024,
  checkMs: 3_000,
  patienceMs: 30_000,
  waitingMax: 64,
  threadMegabytesMax: 256,
};

/** Checks small payloads at once and all others in one thread, one after another. The thread starts when needed. */
export function createPayloadChecker(options: PayloadCheckerOptions = defaultCheckerOptions): PayloadChecker {
  let thread: Worker | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function checkInThread(message: ToPayloadThread): Promise<PayloadVerdict> {
    thread ??= startThread(options);
    const current = thread;
    const { promise, resolve, reject } = Promise.withResolvers<FromPayloadThread>();
    const abandon = () => {
      if (thread === current) thread = undefined;
      void current.terminate();
    };
    const onEnd = () => {
      abandon();
      resolve(refusedFor(`more than ${options.threadMegabytesMax} MB of memory`, "a payload that fits"));
    };
    const watch = watchTime(clockOf(current), options, (by) => {
      abandon();
      if (by === "machine")
        reject(
          new Problem("busy", "This machine has no time to check the payload.", {
            detail: { retry_after_s: 10 },
          }),
        );
      else resolve(refusedFor(`more than ${options.checkMs} ms to read`, `at most ${options.checkMs} ms`));
    });
    // Running out of memory ends the thread with an error of its own; anything else is ours to hear of.
    const onError = (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") return onEnd();
      abandon();
      reject(error);
    };
    current.once("message", resolve).once("error", onError).once("exit", onEnd);
    current.ref();
    current.postMessage(message);
    try {
      const answer = await promise;
      if ("failure" in answer) throw new Error(`The payload check failed: ${answer.failure}`);
      return answer;
    } finally {
      watch.stop();
      current.off("message", resolve).off("error", onError).off("exit", onEnd);
      current.unref();
    }
  }

  return {
    async check(text, payload, rules) {
      if (text.length <= options.inlineBytesMax) return checkPayload(payload, rules);
      if (waiting >= options.waitingMax) {
        throw new Problem("busy", `${waiting} payloads are waiting to be checked.`, {
          detail: { retry_after_s: 2 },
        });
      }
      waiting += 1;
      const turn = last.then(() => checkInThread({ payload: text, rules }));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
    async close() {
      await last;
      await thread?.terminate();
      thread = undefined;
    },
  };
}

/** What a thread takes to start is counted with its first payload. */
function clockOf(thread: Worker): Clock {
  return {
    async spentMs() {
      const { user, system } = await thread.cpuUsage();
      return (user + system) / 1000;
    },
    now: () => performance.now(),
    after(ms, act) {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}

function startThread({ threadMegabytesMax }: PayloadCheckerOptions): Worker {
  return new Worker(new URL("./payload-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: threadMegabytesMax },
  });
}

function refusedFor(found: string, allowed: string): PayloadVerdict {
  const path = "payload";
  const message = `Cannot read ${path}: it takes ${found}; allowed is ${allowed}.`;
  const finding: CodedFinding = { code: "invalid_payload", path, found, allowed, message };
  return { findings: [finding], command: "", shots: null };
}

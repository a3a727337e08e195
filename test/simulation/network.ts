import { inspect } from "node:util";
import type { Answered, ApiProcess, Delivered } from "./api-process.ts";
import type { Chance } from "./chance.ts";
import type { CloudRecord } from "./record.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Faults } from "./swarm.ts";

/** Whoever sends: what arrives when it is dead is nobody's, and what arrives while it is frozen waits. */
export interface Sender {
  readonly name: string;
  /** Lets something happen to the sender when it can. */
  readonly receive: (what: string, act: () => void) => void;
}

/** A network that loses, repeats, delays and reorders. */
export interface Network {
  faults: Faults;
  fetchFor(sender: Sender): typeof fetch;
}

/** Hears every request that arrives, also those sent twice, and every answer that is given, also those that are lost. */
export type Listener = Pick<CloudRecord, "arrived" | "answered" | "violate">;

export function createNetwork(
  scheduler: Scheduler,
  chance: Chance,
  apis: readonly ApiProcess[],
  faults: Faults,
  listener: Listener,
): Network {
  const network: Network = { faults, fetchFor };

  const latencyMs = () =>
    chance.happens(network.faults.slowRequest) ? chance.scaled(100, 30_000) : chance.scaled(0.5, 20);

  function fetchFor(sender: Sender): typeof fetch {
    const send = (url: URL, init: RequestInit): Promise<Response> => {
      const request: Delivered = {
        method: init.method as Delivered["method"],
        url: url.pathname + url.search,
        headers: init.headers as Record<string, string>,
        body: typeof init.body === "string" ? init.body : undefined,
      };
      return transmit(sender, request, init.signal ?? undefined);
    };
    return send as unknown as typeof fetch;
  }

  function transmit(sender: Sender, request: Delivered, signal: AbortSignal | undefined): Promise<Response> {
    return new Promise((resolve, reject) => {
      const gone = new AbortController();
      const what = `${sender.name} ${request.method} ${request.url.split("?")[0]}`;
      const hangUp = () => {
        scheduler.after(latencyMs(), `${what} hangs up`, () => gone.abort());
        reject(signal?.reason);
      };
      if (signal?.aborted) return hangUp();
      signal?.addEventListener("abort", hangUp, { once: true });
      const hear = (act: () => void) => {
        signal?.removeEventListener("abort", hangUp);
        act();
      };
      const breakDown = () =>
        scheduler.after(latencyMs(), `${what} breaks`, () =>
          sender.receive(`${what} broke`, () => hear(() => reject(new TypeError("the connection broke")))),
        );
      const copies = chance.happens(network.faults.requestTwice) ? 2 : 1;
      for (let copy = 1; copy <= copies; copy++) {
        if (chance.happens(network.faults.requestLost)) {
          // A lost request is noticed at once, or by nobody but the sender's own patience.
          if (copy === 1 && chance.happens(0.5)) breakDown();
          continue;
        }
        scheduler.after(latencyMs(), `${what} arrives`, () => {
          const api = chance.pick(apis);
          if (!api.alive) return copy === 1 ? void breakDown() : undefined;
          const arrived = listener.arrived(request);
          void api
            .deliver(request, gone.signal)
            .then((answer) => answered(answer, copy, arrived))
            .catch((error: unknown) => {
              if (!gone.signal.aborted) listener.violate(`${what} breaks a process: ${inspect(error)}`);
            });
        });
      }

      function answered(answer: Answered, copy: number, arrived: number): void {
        scheduler.note(`${what} is answered ${answer.status}`);
        listener.answered(request, answer, arrived);
        if (copy > 1) return;
        if (chance.happens(network.faults.answerLost)) {
          if (chance.happens(0.5)) breakDown();
          return;
        }
        scheduler.after(latencyMs(), `${what} is heard`, () =>
          sender.receive(`${what} was heard`, () => hear(() => resolve(responseOf(answer)))),
        );
      }
    });
  }

  return network;
}

/** What `call` reads of a response, without the streams of a real one. */
function responseOf({ status, headers, body }: Answered): Response {
  const ok = status >= 200 && status < 300;
  return { status, ok, headers: new Headers(headers), text: async () => body } as unknown as Response;
}

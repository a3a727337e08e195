import { CloudContext, type ContextOptions } from "../src/index.ts";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the cloud says to one request: a body with status 200, a response, or a failure of the network. */
export type Answer = Response | Error | object | ((asked: Asked) => Answer);

export interface FakeCloud {
  readonly context: CloudContext;
  readonly asked: Asked[];
  /** How long was paused, each time. */
  readonly pauses: number[];
}

export interface FakeOptions extends ContextOptions {
  /** Opens the stream of events; there is none when absent. */
  readonly events?: (init: RequestInit) => Response | Promise<Response>;
}

/**
 * A cloud that answers in order, the last answer again and again, and a clock that does not pass. Its stream of events
 * is not among what is asked.
 */
export function fakeCloud(
  answers: readonly Answer[],
  { events = () => refusal(404, "not_found"), ...options }: FakeOptions = {},
): FakeCloud {
  const asked: Asked[] = [];
  const pauses: number[] = [];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    init.signal?.throwIfAborted();
    const url = new URL(String(input));
    if (url.pathname === "/api/events") return events(init);
    const request = {
      method: init.method ?? "GET",
      path: url.pathname + url.search,
      headers: init.headers as Record<string, string>,
      body: typeof init.body === "string" ? (JSON.parse(init.body) as unknown) : undefined,
    };
    let answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request);
    while (typeof answer === "function") answer = answer(request);
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : Response.json(answer);
  };
  const clock = {
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      pauses.push(ms);
    },
  };
  const context = new CloudContext("http://cloud.test", {
    fetch: fetch as typeof globalThis.fetch,
    clock,
    ...options,
  });
  return { context, asked, pauses };
}

/** A refusal as the cloud words it. */
export function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  const body = { error: `Refused: ${code}.`, code, detail: {}, request_id: "request-1" };
  return Response.json(body, { status, headers });
}

import {
  type BodyOf,
  type Endpoint,
  type HeadersOf,
  type ParamsOf,
  pathOf,
  type QueryOf,
  type ResponseOf,
} from "./endpoint.ts";
import { isProblemCode, Problem } from "./problems.ts";

/** Where and as whom to call. */
export interface CallTarget {
  /** Such as `http://127.0.0.1:8080`, without a path. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  readonly fetch?: typeof fetch;
}

/** A part of the request that may be left out where the endpoint has none, or takes null for it. */
type Part<Name extends string, Value> = [Value] extends [undefined | Record<string, never>]
  ? { readonly [K in Name]?: Value }
  : null extends Value
    ? { readonly [K in Name]?: NonNullable<Value> }
    : { readonly [K in Name]: Value };

export type CallInput<E extends Endpoint> = Part<"params", ParamsOf<E>> & {
  readonly query?: QueryOf<E>;
  readonly headers?: HeadersOf<E>;
  readonly signal?: AbortSignal | undefined;
} & Part<"body", BodyOf<E>>;

/** The cloud could not be reached, or answered something that is not of its protocol. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
  /** Of the answer, such as a proxy's 502; undefined where none came. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status;
  }
}

/**
 * Calls an endpoint and returns its parsed answer, undefined where it answered without a body.
 * @throws {Problem} when the cloud refuses, with the code and the sentence it gave
 * @throws {UnreachableError} when no answer came, or one that no cloud of ours gives
 */
export async function call<const E extends Endpoint>(
  endpoint: E,
  target: CallTarget,
  input: CallInput<E>,
): Promise<ResponseOf<E>> {
  const response = await send(endpoint, target, input, { accept: "application/json", ...input.headers });
  if (response.status === 204) return undefined as ResponseOf<E>;
  const answer = await read(response, endpoint, target, input.signal);
  if (response.ok) return answer as ResponseOf<E>;
  throw problemFrom(answer, endpoint, response);
}

export interface StreamInput {
  /** Takes the stream up after this event. */
  readonly lastEventId?: string | undefined;
  /** Also ends the stream. */
  readonly signal?: AbortSignal | undefined;
}

/** Opens the stream of an endpoint that has one. @throws {Problem} @throws {UnreachableError} as `call` does */
export async function openStream(
  endpoint: Endpoint,
  target: CallTarget,
  { lastEventId, signal }: StreamInput,
): Promise<ReadableStream<Uint8Array>> {
  const resuming = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const response = await send(endpoint, target, { signal }, { accept: "text/event-stream", ...resuming });
  if (response.ok && response.body !== null) return response.body;
  throw problemFrom(await read(response, endpoint, target, signal), endpoint, response);
}

interface Sent {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

async function send(
  endpoint: Endpoint,
  target: CallTarget,
  input: Sent,
  headers: Record<string, string>,
): Promise<Response> {
  const url = new URL(
    pathOf(endpoint, (input.params ?? {}) as Record<string, string | number>),
    target.baseUrl,
  );
  for (const [key, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  if (target.token !== undefined) headers.authorization = `Bearer ${target.token}`;
  const init: RequestInit = { method: endpoint.method, headers };
  if (input.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(input.body);
  }
  if (input.signal !== undefined) init.signal = input.signal;

  return (target.fetch ?? fetch)(url, init).catch((cause: unknown) => {
    if (input.signal?.aborted) throw input.signal.reason;
    throw new UnreachableError(`Cannot reach ${url.origin}: ${reasonOf(cause)}`, { cause });
  });
}

async function read(
  response: Response,
  endpoint: Endpoint,
  { baseUrl }: CallTarget,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    if (signal?.aborted) throw signal.reason;
    throw new UnreachableError(`${new URL(baseUrl).origin} broke off its answer: ${reasonOf(cause)}`, {
      cause,
    });
  });
  return parse(text, endpoint, response.status);
}

function parse(text: string, endpoint: Endpoint, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UnreachableError(
      `${endpoint.method} ${endpoint.path} answered ${status} with a body that is not JSON: is this URL a Corbenic cloud?`,
      { status, cause },
    );
  }
}

function problemFrom(answer: unknown, endpoint: Endpoint, { status, headers }: Response): Error {
  const body = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  const sentence = body.error ?? body.title;
  if (!isProblemCode(body.code) || typeof sentence !== "string") {
    return new UnreachableError(
      `${endpoint.method} ${endpoint.path} answered ${status} without a known problem code`,
      { status },
    );
  }
  const detail = typeof body.detail === "object" && body.detail !== null ? body.detail : {};
  const retryAfterS = Number(headers.get("retry-after") ?? Number.NaN);
  return new Problem(body.code, sentence, {
    // A date in the header, which no cloud of ours sends, is not read.
    detail: Number.isFinite(retryAfterS) ? { retry_after_s: retryAfterS, ...detail } : { ...detail },
    requestId: typeof body.request_id === "string" ? body.request_id : undefined,
  });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

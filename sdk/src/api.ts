import {
  type CallInput,
  call,
  type Endpoint,
  openStream,
  Problem,
  type ResponseOf,
  type StreamInput,
  UnreachableError,
} from "@corbenic/protocol";
import type { CloudContext } from "./cloud-context.ts";
import { CloudError } from "./cloud-error.ts";
import { withRetries } from "./retry.ts";

/** What every method that asks the cloud takes last. */
export interface CallOptions {
  /** Ends the call, and what it waits for. */
  readonly signal?: AbortSignal | undefined;
}

export interface ApiCallOptions {
  /** Whether the request may be made again when its answer was lost; reads may be unless told otherwise. */
  readonly repeatable?: boolean;
  /** Instead of the context's. */
  readonly attempts?: number;
  /** What the request itself waits for, to be added to the context's time-out. */
  readonly waitMs?: number;
}

/** The operations of one kind of cloud object, on one cloud. */
export class Api {
  readonly context: CloudContext;
  /** The path under which the objects of this kind stand. */
  readonly path: string;

  constructor(context: CloudContext, path: string) {
    this.context = context;
    this.path = path;
  }

  get url(): string {
    return `${this.context.url}${this.path}`;
  }

  /**
   * Opens the stream of an operation that has one, once. The signal also ends the stream.
   * @throws {CloudError} when it is refused or fails
   */
  open(
    endpoint: Endpoint,
    token: string | undefined,
    input: StreamInput,
  ): Promise<ReadableStream<Uint8Array>> {
    const { url, fetch, timeoutMs } = this.context;
    return answered(url, timeoutMs, input.signal, (signal) =>
      openStream(endpoint, { baseUrl: url, token, fetch }, { ...input, signal }),
    );
  }

  /**
   * Calls an operation with a credential, or without one.
   * @throws {CloudError} when it is refused or fails
   */
  call<const E extends Endpoint>(
    endpoint: E,
    token: string | undefined,
    input: CallInput<E>,
    options: ApiCallOptions = {},
  ): Promise<ResponseOf<E>> {
    const { context } = this;
    return withRetries(() => callOnce(context, endpoint, token, input, options), context, {
      repeatable: options.repeatable ?? endpoint.method === "GET",
      attempts: options.attempts ?? context.attempts,
      signal: input.signal,
    });
  }
}

async function callOnce<const E extends Endpoint>(
  { url, fetch, timeoutMs }: CloudContext,
  endpoint: E,
  token: string | undefined,
  input: CallInput<E>,
  { waitMs = 0 }: ApiCallOptions,
): Promise<ResponseOf<E>> {
  return answered(url, timeoutMs + waitMs, input.signal, (signal) =>
    call(endpoint, { baseUrl: url, token, fetch }, { ...input, signal }),
  );
}

/**
 * Asks, and lets the asking go when nobody has answered after so long. What an answer goes on with is not bound by it.
 * @throws {CloudError} when it is refused or fails
 */
async function answered<T>(
  url: string,
  timeoutMs: number,
  signal: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  try {
    return await ask(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  } catch (error) {
    if (error instanceof Problem || error instanceof UnreachableError) throw CloudError.from(error);
    if (late.signal.aborted && error === late.signal.reason) {
      throw new CloudError("unreachable", `${url} did not answer within ${timeoutMs / 1_000} s.`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

import {
  type CallInput,
  call,
  type Endpoint,
  Problem,
  type ResponseOf,
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
  const timeout = AbortSignal.timeout(timeoutMs + waitMs);
  const signal = input.signal === undefined ? timeout : AbortSignal.any([input.signal, timeout]);
  try {
    return await call(endpoint, { baseUrl: url, token, fetch }, { ...input, signal });
  } catch (error) {
    if (error instanceof Problem || error instanceof UnreachableError) throw CloudError.from(error);
    if (timeout.aborted && error === timeout.reason) {
      throw new CloudError("unreachable", `${url} did not answer within ${(timeoutMs + waitMs) / 1_000} s.`, {
        cause: error,
      });
    }
    throw error;
  }
}

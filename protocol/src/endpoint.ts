import type { Static, TSchema } from "typebox";
import type { ProblemCode } from "./problems.ts";

/**
 * The kinds of principal that may call an endpoint. What they may reach behind it is decided by the query:
 * a `job_token` or `user` sees what its account owns, a `worker` what its platforms run.
 */
export type CallerKind = "job_token" | "user" | "admin" | "worker";

/** Which shape refusals take: the sentences that clients of the Perceval contract know, or RFC 9457. */
export type ProblemFormat = "perceval" | "problem+json";

/**
 * One operation of the cloud: the server registers its handler with this object and clients call it with the
 * same one, so a path or a schema is written once.
 */
export interface Endpoint<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
  Response extends TSchema = TSchema,
  Headers extends TSchema = TSchema,
> {
  readonly operationId: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for each parameter, as in OpenAPI. */
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  /** Kept for clients that know no other path; the description names the current one. */
  readonly deprecated?: true;
  readonly callers: "anyone" | readonly CallerKind[];
  /** Whether an administrator must have logged in shortly before: what it hands out outlives the login. */
  readonly recentLogin?: true;
  readonly params?: Params;
  readonly query?: Query;
  /** Those that the operation reads itself, in lower case. */
  readonly headers?: Headers;
  readonly body?: Body;
  /** In which forms clients send the body: JSON alone unless given. */
  readonly bodyForms?: readonly ("json" | "form")[];
  /** Where it may be larger than the server's bound for all bodies. */
  readonly bodyBytesMax?: number;
  readonly response: Response;
  /** Whether the answer is a stream of server-sent events, which ends when either side has had enough. */
  readonly stream?: true;
  /** Statuses besides 200 that carry no body, such as 204 from a fetch that found nothing. */
  readonly emptyStatus?: 204;
  readonly problemFormat?: ProblemFormat;
  /** The status with which its clients expect a query or body to be refused that does not fit: 400 unless given. */
  readonly misfitStatus?: 422;
  /** The refusals particular to this endpoint; those of every endpoint are added by the server. */
  readonly problems: readonly ProblemCode[];
}

type Of<Schema> = Schema extends TSchema ? Static<Schema> : undefined;
export type ParamsOf<E> = E extends { params: infer S } ? Of<S> : Record<string, never>;
export type QueryOf<E> = E extends { query: infer S } ? Of<S> : Record<string, never>;
export type HeadersOf<E> = E extends { headers: infer S } ? Of<S> : Record<string, never>;
export type BodyOf<E> = E extends { body: infer S } ? Of<S> : undefined;
export type ResponseOf<E> = E extends { response: infer S }
  ? E extends { emptyStatus: 204 }
    ? Of<S> | undefined
    : Of<S>
  : never;

/** Keeps the literal types of an endpoint, so that its params, query, body and response are known to callers. */
export function endpoint<const E extends Endpoint>(definition: E): E {
  return definition;
}

/**
 * The same operation under another path. To the type checker it is the one that it stands for, so that one handler
 * serves both.
 */
export function alias<const E extends Endpoint>(
  endpoint: E,
  other: { readonly operationId: string; readonly path: string; readonly deprecated?: true },
): E {
  return { ...endpoint, ...other };
}

/** Fills `{name}` in a path. @throws {TypeError} when a parameter is missing. */
export function pathOf(
  endpoint: Pick<Endpoint, "path">,
  params: Record<string, string | number> = {},
): string {
  return endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined)
      throw new TypeError(`Cannot build ${endpoint.path}: the parameter "${name}" is missing`);
    return encodeURIComponent(String(value));
  });
}

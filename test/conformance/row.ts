import type { Stage } from "./stage.ts";

/** Who asks: by the credential that is sent. */
export type Caller = "nobody" | "admin" | "user" | "token" | "worker";

/** What is asked for, before it is known where. */
export interface Asked {
  /** In the order of the `{…}` of the path. */
  readonly params?: readonly (string | number)[];
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
}

/** A request with the answer that it must get. */
export interface Exchange {
  readonly as: Caller;
  readonly asks?: (stage: Stage) => Asked | Promise<Asked>;
  readonly status: number;
  /** What must stand in the answer, or in each entry of a list of at least one. */
  readonly fields?: readonly string[];
}

/** An operation that some contract names, as something to try. */
export interface Row {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** What it is for, or who calls it so. */
  readonly name: string;
  /** Null where we decided to build none. */
  readonly valid: Exchange | null;
  readonly invalid?: Exchange | readonly Exchange[];
  /** Whether its refusals must be those that clients of the public contract read. */
  readonly ofPublicContract?: true;
}

/** An exchange that is done. */
export function done(
  as: Caller,
  asks: Exchange["asks"] = () => ({}),
  fields: readonly string[] = [],
): Exchange {
  return { as, asks, status: 200, fields };
}

/** An exchange that is refused. */
export function refused(as: Caller, status: number, asks: Exchange["asks"] = () => ({})): Exchange {
  return { as, asks, status };
}

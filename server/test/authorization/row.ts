import type { Endpoint } from "@corbenic/protocol";
import type { PrincipalName, Side, World } from "./world.ts";

/** The parts of a request, before anybody's credential is added. */
export interface Input {
  readonly params?: Record<string, string | number>;
  readonly query?: Record<string, string | number | boolean>;
  readonly body?: unknown;
}

/**
 * What a principal reaches: only objects of its own side, any object there is, or nothing, with the status of the
 * refusal. Without an object, `own` and `any` both mean that the operation may be called.
 */
export type Reach = "own" | "any" | number;

export type Reaches = Readonly<Record<Exclude<PrincipalName, "An" | "Ex">, Reach>> & {
  /** Unless given, both are not known: 401. */
  readonly An?: Reach;
  readonly Ex?: Reach;
};

/** What the principals may do with one endpoint. */
export interface Row {
  readonly endpoint: Endpoint;
  readonly reaches: Reaches;
  /** A request about an object of that side. Without it the endpoint is about no object and needs no body. */
  readonly about?: (world: World, side: Side) => Input | Promise<Input>;
  /** A request of an endpoint that is about no object. */
  readonly request?: (world: World) => Input | Promise<Input>;
  /** The answer about what is not there, which is that about what is somebody else's. */
  readonly missing?: number | ((principal: PrincipalName) => number);
}

export function row(endpoint: Endpoint, reaches: Reaches, rest: Omit<Row, "endpoint" | "reaches"> = {}): Row {
  return { endpoint, reaches, ...rest };
}

const noWorker = { Wo: 403, Wx: 403 } as const;
const noToken = { Jo: 403, Jx: 403, Aj: 403 } as const;

/** Every account sees what is its own, whatever credential of it is used. */
export const ownOfAccounts: Reaches = {
  Jo: "own",
  Jx: "own",
  Uo: "own",
  Ux: "own",
  Ad: "own",
  Aj: "own",
  ...noWorker,
};

/** Who has logged in sees what is its own. */
export const ownOfLogins: Reaches = { ...noToken, Uo: "own", Ux: "own", Ad: "own", ...noWorker };

/** Who has logged in sees what is its own, and administrators see what is anybody's. */
export const ownOfLoginsOrAdmin: Reaches = { ...ownOfLogins, Ad: "any" };

export const adminsOnly: Reaches = { ...noToken, Uo: 403, Ux: 403, Ad: "any", ...noWorker };

export const ownOfWorkers: Reaches = { ...noToken, Uo: 403, Ux: 403, Ad: 403, Wo: "own", Wx: "own" };

/** No credential is asked for, and one that is sent makes no difference. */
export const everybody: Reaches = {
  An: "any",
  Ex: "any",
  Jo: "any",
  Jx: "any",
  Uo: "any",
  Ux: "any",
  Ad: "any",
  Aj: "any",
  Wo: "any",
  Wx: "any",
};

const sideOf: Partial<Record<PrincipalName, Side>> = {
  Jo: "owner",
  Uo: "owner",
  Wo: "owner",
  Jx: "other",
  Ux: "other",
  Wx: "other",
};

/** The status that the matrix demands, or "reached" for any that means success. */
export function expected(row: Row, principal: PrincipalName, side: Side | undefined): number | "reached" {
  const reach = row.reaches[principal] ?? 401;
  if (typeof reach === "number") return reach;
  if (side === undefined) return "reached";
  const reaches = reach === "any" ? side !== "nobody" : side === sideOf[principal];
  if (reaches) return "reached";
  return typeof row.missing === "function" ? row.missing(principal) : (row.missing ?? 404);
}

import { createHash } from "node:crypto";
import { Problem } from "@corbenic/protocol";
import type pg from "pg";
import type { Queryable } from "../database/database.ts";
import { inTransaction } from "../database/transaction.ts";
import { verifyPassword } from "../users/password.ts";
import * as guards from "./guard.ts";
import * as store from "./guard-store.ts";
import { networkOf } from "./network.ts";

/** Where time comes from: the database's clock unless a test says otherwise. */
export type Clock = (() => Date) | undefined;

/** An attempt to prove a password that may be made, and is counted as failed until it succeeds. */
export interface Attempt {
  readonly network: string;
  readonly now: Date;
  /** Forgets the failures from here, in the transaction in which the success has its effect. */
  succeed(client: Queryable): Promise<void>;
  /** Takes the count back, where the password was not looked at. */
  withdraw(): Promise<void>;
}

/**
 * Begins an attempt at the password of an account. Guards do not depend on whether there is such an account.
 * @throws {Problem} `login_delayed` with the seconds after which it may be made
 */
export async function beginAttempt(
  pool: pg.Pool,
  clock: Clock,
  { email, address }: { email: string; address: string },
): Promise<Attempt> {
  const network = networkOf(address);
  const now = clock?.() ?? (await store.readClock(pool));
  const name = createHash("sha256").update(email.toLowerCase()).digest("base64url");
  const pair = `account ${name} from ${network}`;

  const rules = await inTransaction(pool, async (client) => {
    const rules = new Map([
      [pair, guards.accountFromNetwork],
      [`network ${network}`, guards.network],
    ]);
    if (!(await store.isKnownNetwork(client, email, network))) rules.set(`account ${name}`, guards.account);
    const held = await store.lockGuards(client, [...rules.keys()], now);
    const notBefore = Math.max(...[...held.values()].map((guard) => guard.notBefore.getTime()));
    if (notBefore > now.getTime()) throw delayed((notBefore - now.getTime()) / 1000);
    await store.saveGuards(
      client,
      mapValues(held, (key, guard) => guards.afterFailure(rules.get(key)!, guard, now)),
    );
    return rules;
  });

  const takeBack = async (client: Queryable) => {
    const held = await store.lockGuards(client, [...rules.keys()], now);
    await store.saveGuards(
      client,
      mapValues(held, (key, guard) => guards.afterSuccess(rules.get(key)!, guard, now)),
    );
  };
  return {
    network,
    now,
    async succeed(client) {
      await takeBack(client);
      await store.dropGuard(client, pair);
    },
    withdraw: () => inTransaction(pool, takeBack),
  };
}

/**
 * Whether the password of an attempt is right. One that could not be looked at does not count as a failure.
 * @throws {Problem} `busy`
 */
export async function isRight(
  attempt: Attempt,
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  try {
    return await verifyPassword(passwordHash, password);
  } catch (error) {
    await attempt.withdraw();
    throw error;
  }
}

function mapValues<K, V>(map: ReadonlyMap<K, V>, change: (key: K, value: V) => V): Map<K, V> {
  return new Map([...map].map(([key, value]) => [key, change(key, value)]));
}

function delayed(seconds: number): Problem {
  const wait = Math.ceil(seconds);
  return new Problem(
    "login_delayed",
    `Too many attempts have failed: the next one may be made in ${wait} s.`,
    {
      detail: { retry_after_s: wait },
    },
  );
}

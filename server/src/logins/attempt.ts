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
  const name = createHash("sha256").update(email.toLowerCase()).digest("base64url");
  const { now, isKnown } = await store.readScene(pool, { at: clock?.(), email, network });
  const rules = guards.rulesFor({ account: name, network, isKnown });
  const keys = [...rules.keys()];

  // Most attempts of an attack end here, and hold nothing.
  refuseBefore(await store.readNotBefore(pool, keys), now);
  await inTransaction(pool, async (client) => {
    const held = await store.lockGuards(client, keys, now);
    refuseBefore(guards.latest(held), now);
    await store.saveGuards(client, guards.afterFailure(rules, held, now));
  });

  const takeBack = async (client: Queryable) =>
    store.saveGuards(client, guards.afterSuccess(rules, await store.lockGuards(client, keys, now), now));
  return {
    network,
    now,
    async succeed(client) {
      await takeBack(client);
      await store.dropGuard(client, guards.pairKey(name, network));
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

function refuseBefore(notBefore: Date | undefined, now: Date): void {
  if (notBefore === undefined || notBefore <= now) return;
  const waitS = Math.ceil((notBefore.getTime() - now.getTime()) / 1000);
  throw new Problem(
    "login_delayed",
    `Too many attempts have failed: the next one may be made in ${waitS} s.`,
    { detail: { retry_after_s: waitS } },
  );
}

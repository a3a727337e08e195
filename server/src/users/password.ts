import { randomInt } from "node:crypto";
import { type Algorithm, hash, verify } from "@node-rs/argon2";
import { createTurns } from "./turns.ts";

/** Argon2id with 64 MiB and three passes, as OWASP's and RFC 9106's advice for a server with memory to spare. */
const cost = { algorithm: 2 satisfies Algorithm, memoryCost: 65_536, timeCost: 3, parallelism: 1 };
const currentForm = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** What a password is compared with where there is none, so that it takes as long to refuse. */
const nobodys = `${currentForm}Bvoe8WvsQpbdoIe5TtmN/A$PtDRgDsYws9pKjcAE8F+g89765IRq2c/4FS8qYUWYKg`;

/** Hashing takes memory and a core: more at once would starve jobs, a longer queue would outlast its clients. */
const turns = createTurns({ atOnce: 4, waitingMax: 64 });

/** @throws {Problem} `busy` when too many passwords wait to be hashed */
export function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(password, cost));
}

/**
 * Whether this is the password that was hashed; never, but as slowly, where there is no hash.
 * @throws {Problem} `busy` when too many passwords wait to be hashed
 */
export function verifyPassword(hashed: string | undefined, password: string): Promise<boolean> {
  const usable = hashed?.startsWith("$argon2") === true;
  return turns.take(async () => (await verify(usable ? hashed : nobodys, password)) && usable);
}

/** Whether the hash was made at another cost than a new one would be. */
export function isOutdated(hashed: string): boolean {
  return !hashed.startsWith(currentForm);
}

/** Without the letters and digits that are taken for one another. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/** Draws a password of 24 characters in groups (138 bits), to be typed once and then changed. */
export function drawPassword(): string {
  const group = () => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

import { randomInt } from "node:crypto";
import { type Algorithm, hash } from "@node-rs/argon2";

/** Argon2id with 64 MiB and three passes, as OWASP's and RFC 9106's advice for a server with memory to spare. */
const cost = { algorithm: 2 satisfies Algorithm, memoryCost: 65_536, timeCost: 3, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/** Without the letters and digits that are taken for one another. */
const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/** Draws a password of 24 characters in groups (138 bits), to be typed once and then changed. */
export function drawPassword(): string {
  const group = () => Array.from({ length: 6 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

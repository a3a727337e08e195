import { createHash, randomInt } from "node:crypto";
import { crc32 } from "node:zlib";

/** The kinds of credential, with the letter by which a secret shows its kind. */
export const credentialKinds = { login: "l", job: "j", worker: "w" } as const;
export type CredentialKind = keyof typeof credentialKinds;

/** Besides credentials there are secrets that are good once. */
const letters = { ...credentialKinds, once: "o" } as const;

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const randomLength = 30;
const checksumLength = 6;
const form = new RegExp(`^cbn_([ljwo])_([0-9A-Za-z]{${randomLength}})([0-9A-Za-z]{${checksumLength}})$`);

/**
 * Draws a secret such as `cbn_j_…`: 30 random characters of base 62 (178 bits) and a checksum, by which
 * scanners of leaked secrets and a server that was sent something else can tell without a look-up.
 */
export function drawSecret(kind: keyof typeof letters): string {
  const random = Array.from({ length: randomLength }, () => alphabet[randomInt(alphabet.length)]).join("");
  const body = `cbn_${letters[kind]}_${random}`;
  return body + checksumOf(body);
}

/** Whether the text has the form and checksum of a secret of ours. */
export function isSecret(text: string): boolean {
  return form.test(text) && checksumOf(text.slice(0, -checksumLength)) === text.slice(-checksumLength);
}

/** The text with each secret in it cut down to what lists show of it. */
export function withoutSecrets(text: string): string {
  return text.replace(
    /cbn_[ljwo]_[0-9A-Za-z]{4}(?=[0-9A-Za-z]{4})[0-9A-Za-z]*/g,
    (secret) => `${shownPrefixOf(secret)}…`,
  );
}

/** What is stored of a secret. Its 178 random bits need no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

function checksumOf(body: string): string {
  let rest = crc32(body);
  let digits = "";
  for (let i = 0; i < checksumLength; i++) {
    digits = alphabet[rest % alphabet.length] + digits;
    rest = Math.floor(rest / alphabet.length);
  }
  return digits;
}

/** What lists show of a secret, for people to tell theirs apart: far too little to use it. */
export function shownPrefixOf(secret: string): string {
  return secret.slice(0, "cbn_j_".length + 4);
}

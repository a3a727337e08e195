import { Problem } from "@corbenic/protocol";
import { wellKnownWords } from "./well-known-words.ts";

export const passwordLengthMin = 15;

/** What must be left of a password without well-known and own words, and how many different characters. */
const remainderMin = 8;
const differentMin = 6;

/** Letters as people write them with digits and signs. */
const lookAlikes: Readonly<Record<string, string>> = {
  "@": "a",
  "4": "a",
  "3": "e",
  "0": "o",
  $: "s",
  "5": "s",
};

/**
 * Refuses a password that a guesser would try early, and says why.
 * @param context what an attacker knows of the account: its email, names, company
 * @throws {Problem} `password_refused`
 */
export function checkPassword(password: string, context: readonly string[]): void {
  const length = [...password].length;
  if (length < passwordLengthMin) {
    throw refused(`it has ${length} characters, and must have at least ${passwordLengthMin}`);
  }
  if (new Set(password).size < differentMin) {
    throw refused(`it has fewer than ${differentMin} different characters`);
  }
  const own = context.flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u));
  const words = [...wellKnownWords, ...own.filter((word) => word.length >= 3)];
  const left = Math.min(
    remainderOf(password.toLowerCase(), words),
    remainderOf(withLetters(password.toLowerCase()), words),
  );
  if (left < remainderMin) {
    throw refused("little is left of it without well-known words and the account's own names");
  }
}

/** How many characters are left when words, and parts that only repeat what was there, are taken out. */
function remainderOf(text: string, words: readonly string[]): number {
  let rest = text;
  for (const word of words.toSorted((a, b) => b.length - a.length)) rest = rest.replaceAll(word, "");
  return rest.replace(/(.{1,8}?)\1+/gu, "$1").length;
}

function withLetters(text: string): string {
  return [...text].map((character) => lookAlikes[character] ?? character).join("");
}

function refused(reason: string): Problem {
  return new Problem("password_refused", `This password is not accepted: ${reason}.`, {
    detail: { length_min: passwordLengthMin },
  });
}

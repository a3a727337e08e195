import { drawBelow, type Random } from "./random.ts";

/** Mail to it reaches nobody: RFC 2606 keeps the name for examples. */
export const generatedEmailDomain = "corbenic.example";

/** `first.last@…` in plain letters; `user@…` where there is no name. */
export function standardEmail(firstName: string, lastName: string): string {
  const local = [firstName, lastName].map(plain).filter((part) => part !== "");
  return `${local.length === 0 ? "user" : local.join(".")}@${generatedEmailDomain}`;
}

function plain(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** Without the letters and digits that are taken for one another. */
const classes = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "-_.+!"] as const;
const alphabet = classes.join("");
const passwordLength = 24;

/** A password of 24 characters (over 140 bits) with some of each class: capitals, small letters, digits, signs. */
export function drawPassword(random: Random): string {
  const draw = (from: string) => from[drawBelow(from.length, random)]!;
  for (;;) {
    const password = Array.from({ length: passwordLength }, () => draw(alphabet)).join("");
    if (classes.every((each) => [...each].some((character) => password.includes(character)))) return password;
  }
}

import { describe, expect, test } from "vitest";
import { User } from "../src/index.ts";

function generated(firstName: string, lastName: string, random?: (bytes: number) => Uint8Array): User {
  const user = new User({ firstName, lastName });
  user.generateData(random);
  return user;
}

describe("generated data", () => {
  test.each([
    ["Ada", "Lovelace", "ada.lovelace@corbenic.example"],
    ["Émilie", "du Châtelet", "emilie.du-chatelet@corbenic.example"],
    ["Hedy", "", "hedy@corbenic.example"],
    ["", "", "user@corbenic.example"],
    ["李", "O'Neil ", "o-neil@corbenic.example"],
  ])("of %s %s have a plain email", (first, last, email) => {
    expect(generated(first, last).email).toBe(email);
  });

  test("have a password of every kind of character, and another one each time", () => {
    const passwords = Array.from({ length: 200 }, () => generated("Ada", "Lovelace").password);
    for (const password of passwords) {
      expect(password).toHaveLength(24);
      for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(password).toMatch(kind);
    }
    expect(new Set(passwords).size).toBe(200);
  });

  test("favour no character", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i++) {
      for (const character of generated("Ada", "").password)
        counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    const mean = (2_000 * 24) / counts.size;
    // Six standard deviations, and some for the passwords that were drawn anew for want of a kind.
    for (const count of counts.values()) expect(Math.abs(count - mean)).toBeLessThan(mean * 0.3);
  });

  test("are those of the random source", () => {
    const source = () => {
      let next = 0;
      return (bytes: number) => Uint8Array.from({ length: bytes }, () => (next = (next * 5 + 17) % 256));
    };
    expect(generated("Ada", "", source()).password).toBe(generated("Ada", "", source()).password);
  });
});

import { expect, test } from "vitest";
import { drawPassword } from "./password.ts";
import { checkPassword } from "./password-rules.ts";

const context = ["ada.king@example.org", "Ada", "Löveläce"];
const verdict = (password: string) => {
  try {
    checkPassword(password, context);
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.message : "?";
  }
};

test.each([
  "glass of two colours",
  "vier Sorten Tee um halb drei",
  "Zwölf Böxkämpfer jagen",
  "x7Kp-92mQ-bv3L-tt0W",
  "mauve otter knits a boat",
  "光の干渉計を二つ並べて十五文字以上",
])("%s is accepted", (password) => {
  expect(verdict(password)).toBe("accepted");
});

test("a drawn password is accepted", () => {
  for (let i = 0; i < 100; i++) expect(verdict(drawPassword())).toBe("accepted");
});

test.each([
  ["fourteen chars", /it has 14 characters, and must have at least 15/],
  ["aaaaaaaaaaaaaaaaaaaa", /different characters/],
  ["123451234512345", /different characters/],
  ["passwordpassword1", /well-known words/],
  ["P4ssw0rd!P4ssw0rd!", /well-known words/],
  ["correct horse battery staple", /well-known words/],
  ["qwertyuiopasdfghjkl", /well-known words/],
  ["adminadmin123456!", /well-known words/],
  ["ada.king@example.org", /own names/],
  ["AdaLöveläceAdaLöveläce", /own names/],
  ["Corbenic-Perceval-2026", /well-known words/],
  ["abcdefgabcdefgabcdefg", /well-known words/],
])("%s is refused, with the reason", (password, reason) => {
  expect(verdict(password)).toMatch(reason);
});

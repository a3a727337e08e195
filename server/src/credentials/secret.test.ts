import fc from "fast-check";
import { expect, test } from "vitest";
import { drawSecret, hashSecret, isSecret, withoutSecrets } from "./secret.ts";

test("a drawn secret shows its kind and proves its form", () => {
  const secret = drawSecret("job");
  expect(secret).toMatch(/^cbn_j_[0-9A-Za-z]{36}$/);
  expect(isSecret(secret)).toBe(true);
  expect(drawSecret("job")).not.toBe(secret);
  expect(hashSecret(secret)).toHaveLength(32);
});

test("a secret with one character changed is refused without a look-up", () => {
  const secret = drawSecret("worker");
  fc.assert(
    fc.property(
      fc.integer({ min: 6, max: secret.length - 1 }),
      fc.constantFrom(..."09AZaz"),
      (at, letter) => {
        fc.pre(secret[at] !== letter);
        expect(isSecret(secret.slice(0, at) + letter + secret.slice(at + 1))).toBe(false);
      },
    ),
  );
});

test("other text is no secret", () => {
  fc.assert(fc.property(fc.string(), (text) => !isSecret(text)));
  expect(isSecret("None")).toBe(false);
});

test("secrets in a text are cut down to their first characters", () => {
  const secret = drawSecret("login");
  const text = `/api/user?token=${secret}&next=cbn_j_`;
  expect(withoutSecrets(text)).toBe(`/api/user?token=${secret.slice(0, 10)}…&next=cbn_j_`);
  expect(withoutSecrets(`${secret}x ${secret.slice(0, 20)}`)).not.toContain(secret.slice(6, 20));
});

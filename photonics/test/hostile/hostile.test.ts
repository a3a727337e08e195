import fc from "fast-check";
import { expect, test } from "vitest";
import { checkHostile } from "./check-hostile.ts";
import { hostilePayload } from "./hostile-payload.ts";

test("whatever is read is refused in the one known way, or reads back as it was", () => {
  fc.assert(
    fc.property(hostilePayload, (payload) => void checkHostile(payload)),
    { numRuns: 3_000 },
  );
});

test("text, numbers and lists are no payloads", () => {
  fc.assert(fc.property(fc.anything(), (payload) => void checkHostile(payload)));
  for (const payload of [undefined, null, true, 1, 1n, "probs", [], Symbol("probs"), () => 1])
    expect(checkHostile(payload)).toBe("not_object");
});

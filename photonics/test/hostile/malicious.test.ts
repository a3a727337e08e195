import { describe, expect, test } from "vitest";
import { BadPayload, badPayloadCodes } from "../../src/perceval/index.ts";
import { maliciousCollections } from "./malicious.ts";

const collections = maliciousCollections();

function refusalOf(read: () => void): unknown {
  try {
    read();
  } catch (error) {
    return error;
  }
  return undefined;
}

for (const [collection, items] of collections) {
  describe(`malicious ${collection}`, () => {
    test.each(items)("$name: $code", ({ prepare, code, path, exactPath }) => {
      const refusal = refusalOf(prepare());
      expect(refusal).toBeInstanceOf(BadPayload);
      const { code: found, path: where } = refusal as BadPayload;
      expect({ code: found, path: exactPath ? where : where.slice(0, path.length) }).toEqual({ code, path });
    });
  });
}

test("there are at least 300 of them, and each way to refuse is met", () => {
  const items = [...collections.values()].flat();
  expect(items.length).toBeGreaterThanOrEqual(300);
  const met = new Set(items.map(({ code }) => code));
  expect(Object.keys(badPayloadCodes).filter((code) => !met.has(code))).toEqual([]);
});

test("what a refusal says is short and without control characters", () => {
  for (const { prepare } of [...collections.values()].flat()) {
    const { message } = refusalOf(prepare()) as BadPayload;
    expect(message.length).toBeLessThan(1000);
    expect(message).not.toMatch(/\p{Cc}/u);
  }
});

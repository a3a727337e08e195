import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as node from "./bytes-node.ts";
import * as portable from "./bytes-portable.ts";

const text = fc.string({ unit: "grapheme", maxLength: 5_000 });

describe("base64 and zlib without Node", () => {
  test("write what Node reads, and read what Node writes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30_000 }), (bytes) => {
        expect(portable.toBase64(bytes)).toBe(node.toBase64(bytes));
        expect(portable.fromBase64(node.toBase64(bytes))).toEqual(new Uint8Array(bytes));
      }),
      { numRuns: 50 },
    );
    fc.assert(
      fc.property(text, (text) => {
        const { length } = new TextEncoder().encode(text);
        expect(portable.inflateText(node.deflate(text), length)).toEqual({ kind: "text", text });
        expect(node.inflateText(portable.deflate(text), length)).toEqual({ kind: "text", text });
      }),
      { numRuns: 50 },
    );
  });

  test("refuse the same base64 as Node", () => {
    const sent = fc.string({ unit: fc.constantFrom("A", "z", "9", "+", "/", "=", "-", "_", " ", "é") });
    fc.assert(
      fc.property(sent, (text) => {
        expect(portable.fromBase64(text)).toEqual(node.fromBase64(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("stop when the text becomes longer than allowed", () => {
    const bomb = node.deflate("0".repeat(50_000_000));
    expect(portable.inflateText(bomb, 1_000_000)).toEqual({ kind: "too-large" });
    expect(node.inflateText(bomb, 1_000_000)).toEqual({ kind: "too-large" });
  });

  test("tell text from other bytes", () => {
    const [head, tail] = [
      new Uint8Array([0x78, 0x9c, 0x01, 0x01, 0x00, 0xfe, 0xff, 0xff]),
      [0x01, 0x00, 0x01, 0x00],
    ];
    // One byte 0xff, stored: its Adler-32 is 0x01000100.
    const bytes = Uint8Array.from([...head, ...tail]);
    expect(portable.inflateText(bytes, 10)).toMatchObject({ kind: "not-utf8" });
    expect(node.inflateText(bytes, 10)).toMatchObject({ kind: "not-utf8" });
  });

  test("refuse data that is cut off, changed, or followed by more", () => {
    const whole = portable.deflate("a photon in each mode ".repeat(50));
    const changed = Uint8Array.from(whole);
    changed[changed.length - 1]! ^= 1;
    for (const bytes of [whole.subarray(0, -5), changed, Uint8Array.from([...whole, 0]), new Uint8Array()]) {
      expect(() => portable.inflateText(bytes, 10_000)).toThrow();
    }
  });
});

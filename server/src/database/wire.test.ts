import { describe, expect, test } from "vitest";
import { cutUnits, errorIn, preparedName, simpleQuery, startupBytes, staysOpen } from "./wire.ts";

function message(letter: string, body: string): Buffer {
  const head = Buffer.alloc(5);
  head.write(letter, "latin1");
  head.writeInt32BE(4 + Buffer.byteLength(body), 1);
  return Buffer.concat([head, Buffer.from(body)]);
}

const parse = message("P", "name\0select 1\0\0\0");
const bind = message("B", "\0name\0\0\0\0\0\0\0");
const sync = message("S", "");

describe("what a client sends", () => {
  test("is cut where it waits for an answer, and what is not whole waits for its rest", () => {
    const query = simpleQuery("select 2");
    const { units, rest, over } = cutUnits(
      Buffer.concat([parse, bind, sync, query, parse, bind.subarray(0, 7)]),
    );
    expect(units).toEqual([Buffer.concat([parse, bind, sync]), query]);
    expect(rest).toEqual(Buffer.concat([parse, bind.subarray(0, 7)]));
    expect(over).toBe(false);
  });

  test("ends when it says so", () => {
    expect(cutUnits(Buffer.concat([simpleQuery("select 2"), message("X", "")])).over).toBe(true);
  });

  test("begins with a message without a letter", () => {
    const startup = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
    expect(startupBytes(startup.subarray(0, 3))).toBeUndefined();
    expect(startupBytes(startup.subarray(0, 7))).toBeUndefined();
    expect(startupBytes(Buffer.concat([startup, sync]))).toBe(8);
  });

  test("may prepare a statement first, by a name or without one", () => {
    expect(preparedName(Buffer.concat([parse, bind]))).toEqual({ name: "name", end: parse.length });
    expect(preparedName(message("P", "\0select 1\0\0\0"))).toBeUndefined();
    expect(preparedName(bind)).toBeUndefined();
  });
});

describe("what the database answers", () => {
  test("leaves the session open inside a transaction, a failed one too, and where more is to come", () => {
    expect(staysOpen(message("Z", "I"))).toBe(false);
    expect(staysOpen(message("Z", "T"))).toBe(true);
    expect(staysOpen(message("Z", "E"))).toBe(true);
    expect(staysOpen(message("1", ""))).toBe(true);
  });

  test("may be an error, with what it says", () => {
    expect(errorIn(message("E", "SERROR\0C53100\0Mno room\0\0"))).toBe("no room");
    expect(errorIn(message("Z", "I"))).toBeUndefined();
  });
});

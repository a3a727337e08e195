import { describe, expect, test } from "vitest";
import type { Queryable } from "../database/database.ts";
import { readLimits } from "../platforms/platform-limits.ts";
import { openRoom } from "./open-room.ts";
import type { Destination } from "./room.ts";
import type { Submitter } from "./submitter.ts";

const counts = { of_account: 10, of_account_on_platform: 5, of_platform: 100, by_token: 3 };

function countingDatabase() {
  let asked = 0;
  const query = async () => {
    asked += 1;
    return { rows: [counts] };
  };
  return { db: { query } as unknown as Queryable, asked: () => asked };
}

const by = (tokenId: number | null): Submitter => ({
  userId: 1,
  priority: 1,
  tokenId,
  scopes: { platforms: null, shotsMax: null, jobsMax: 50, readOnly: false },
});
const to = (platformId: string): Destination => ({
  platformId,
  platformName: platformId,
  legacySingle: false,
  limits: readLimits({}),
});

describe("the room of an account", () => {
  test("is counted once, and what is stored afterwards is added where it counts", async () => {
    const { db, asked } = countingDatabase();
    const room = openRoom(db);
    expect(await room.count(by(7), to("a"))).toEqual(counts);
    room.take(by(7), to("a"));
    room.take(by(null), to("b"));
    expect(await room.count(by(7), to("a"))).toEqual({
      of_account: 12,
      of_account_on_platform: 6,
      of_platform: 101,
      by_token: 4,
    });
    expect(asked()).toBe(1);
  });

  test("is counted anew for another platform or token, which finds what was stored before", async () => {
    const { db, asked } = countingDatabase();
    const room = openRoom(db);
    await room.count(by(7), to("a"));
    room.take(by(7), to("a"));
    expect(await room.count(by(7), to("b"))).toEqual(counts);
    expect(await room.count(by(8), to("a"))).toEqual(counts);
    expect(asked()).toBe(3);
  });

  test("does not take two jobs without a token for those of one", async () => {
    const { db } = countingDatabase();
    const room = openRoom(db);
    await room.count(by(null), to("a"));
    room.take(by(null), to("a"));
    expect((await room.count(by(null), to("a"))).by_token).toBe(counts.by_token);
  });
});

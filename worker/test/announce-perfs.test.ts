import { expect, test } from "vitest";
import { announcePerfs } from "../src/announce-perfs.ts";
import type { LeaseLoop } from "../src/lease-loop.ts";
import { silent } from "./fake-cloud.ts";
import { createVirtualMachine } from "./virtual-machine.ts";

const measured = { "Draw (ns)": 20 };
const platforms = [
  { id: "a", name: "sim:a", perfs: { "Draw (ns)": 30, mirrors: 4 } },
  { id: "b", name: "sim:b", perfs: {} },
];

/** What a cloud hears of a runner that measured something. @param answers as many as the cloud does not answer */
async function heard(
  loop: Partial<LeaseLoop>,
  unanswered = 0,
  perfs = async () => measured as object | undefined,
) {
  const changes: [string, unknown][] = [];
  let left = unanswered;
  const machine = createVirtualMachine(async (input, init) => {
    if (left-- > 0) throw new TypeError("connection refused");
    const { pathname, searchParams } = new URL(String(input));
    if (init?.method !== "PATCH") {
      expect(searchParams.get("type")).toBe("simulator");
      return new Response(JSON.stringify({ platforms, next_cursor: null }));
    }
    changes.push([pathname, JSON.parse(String(init.body))]);
    return new Response(JSON.stringify({ id: "a" }));
  });
  let over = false;
  const announced = announcePerfs({
    cloud: { baseUrl: "http://cloud.test", token: "key", fetch: machine.fetch },
    machine,
    log: silent,
    runner: { perfs },
    platform: undefined,
    stopping: new AbortController().signal,
    ...loop,
  } as LeaseLoop).finally(() => {
    over = true;
  });
  await machine.advanceUntil(() => over);
  await announced;
  return changes;
}

test("what a runner measured of itself is told of each simulator, beside what is known of it", async () => {
  expect(await heard({})).toEqual([
    ["/admin/platforms/a", { perfs: { "Draw (ns)": 20, mirrors: 4 } }],
    ["/admin/platforms/b", { perfs: { "Draw (ns)": 20 } }],
  ]);
});

test("it is told of the platform alone that jobs are taken of", async () => {
  expect((await heard({ platform: "sim:b" })).map(([path]) => path)).toEqual(["/admin/platforms/b"]);
});

test("it is told again until the cloud answers", async () => {
  expect(await heard({}, 3)).toHaveLength(2);
});

test("nothing is told where nothing was measured, or when the worker ends before the cloud answers", async () => {
  expect(await heard({}, 0, async () => undefined)).toEqual([]);
  expect(await heard({ stopping: AbortSignal.abort() }, 1)).toEqual([]);
});

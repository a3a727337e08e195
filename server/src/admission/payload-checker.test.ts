import { DEFAULT_SPEED } from "@corbenic/photonics/cost";
import { afterEach, describe, expect, test } from "vitest";
import { readLimits } from "../platforms/platform-limits.ts";
import type { PayloadRules } from "./payload-check.ts";
import { createPayloadChecker, defaultCheckerOptions, type PayloadChecker } from "./payload-checker.ts";

const rules: PayloadRules = {
  platformName: "sim:x",
  simulates: true,
  speed: DEFAULT_SPEED,
  specs: { available_commands: ["probs", "sample_count", "samples"] },
  limits: readLimits({}),
  durationSMax: 3600,
  tokenShotsMax: null,
};
const payload = {
  command: "probs",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
};
/** Of many iterations, each of which costs an estimate of its own. */
const slow = {
  ...payload,
  command: "sample_count",
  iterator: Array.from({ length: 20_000 }, (_, i) => ({ max_samples: 1e9 + i })),
};

describe("payloads", () => {
  let checker: PayloadChecker;
  afterEach(() => checker.close());
  const check = (sent: object) => checker.check(JSON.stringify(sent), sent as Record<string, unknown>, rules);

  test("are found the same in the thread as at once", async () => {
    checker = createPayloadChecker({ ...defaultCheckerOptions, inlineBytesMax: 0 });
    for (const sent of [payload, { ...payload, circuit: "nonsense", command: "measure" }]) {
      const inThread = await check(sent);
      const atOnce = createPayloadChecker();
      expect(await atOnce.check("", sent as Record<string, unknown>, rules)).toEqual(inThread);
    }
  });

  test("that take too long are refused, and the next ones are checked by another thread", async () => {
    checker = createPayloadChecker({ ...defaultCheckerOptions, inlineBytesMax: 0, checkMs: 1 });
    expect((await check(slow)).findings).toMatchObject([
      { code: "invalid_payload", path: "payload", found: "more than 1 ms to read" },
    ]);
    const patient = createPayloadChecker({ ...defaultCheckerOptions, inlineBytesMax: 0, checkMs: 30_000 });
    expect((await patient.check(JSON.stringify(payload), payload, rules)).findings).toEqual([]);
    await patient.close();
  });

  test("wait for one another, and are turned away when too many do", async () => {
    checker = createPayloadChecker({
      ...defaultCheckerOptions,
      inlineBytesMax: 0,
      waitingMax: 2,
      checkMs: 30_000,
    });
    const first = [check(payload), check(payload)];
    await expect(check(payload)).rejects.toMatchObject({ code: "busy", status: 429 });
    for (const { findings } of await Promise.all(first)) expect(findings).toEqual([]);
    expect((await check(payload)).findings).toEqual([]);
  });

  test("of any size leave room for others to be served meanwhile", async () => {
    checker = createPayloadChecker({ ...defaultCheckerOptions, checkMs: 30_000 });
    let served = 0;
    const checked = check(slow).then(() => "checked");
    const other = async () => {
      for (; served < 20; served++) await new Promise((resolve) => setImmediate(resolve));
      return "served";
    };
    expect(await Promise.race([checked, other()])).toBe("served");
    expect(await checked).toBe("checked");
  });
});

import { DEFAULT_SPEED } from "@corbenic/photonics/cost";
import { describe, expect, test } from "vitest";
import { readLimits } from "../platforms/platform-limits.ts";
import { checkPayload, type PayloadRules } from "./payload-check.ts";

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
  command: "sample_count",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  max_samples: 10,
  max_shots: 100,
};
const codesOf = (sent: object, changed: Partial<PayloadRules> = {}) =>
  checkPayload({ ...payload, ...sent }, { ...rules, ...changed }).findings.map(({ code, path }) => [
    code,
    path,
  ]);

describe("a payload", () => {
  test("that may run gives its command and its shots", () => {
    expect(checkPayload(payload, rules)).toEqual({ findings: [], command: "sample_count", shots: 100 });
  });

  test("has the shots of all its iterations, and no bound where one of them has none", () => {
    const iterator = [{ max_shots: 5 }, { max_shots: 6 }, {}];
    expect(checkPayload({ ...payload, iterator }, rules).shots).toBe(111);
    expect(checkPayload({ ...payload, max_shots: null, iterator }, rules).shots).toBeNull();
  });

  test("without a bound on shots does not pass a limit on them, unless it computes probabilities", () => {
    const unbounded = { max_shots: null };
    const limits = { ...rules.limits, shotsMax: 1000 };
    expect(codesOf(unbounded, { limits })).toEqual([["platform_limit_exceeded", "payload.max_shots"]]);
    expect(codesOf(unbounded, { tokenShotsMax: 1000 })).toEqual([
      ["token_scope_exceeded", "payload.max_shots"],
    ]);
    expect(codesOf({ ...unbounded, command: "probs" }, { limits, tokenShotsMax: 1000 })).toEqual([]);
  });

  test("is held to the photons of each of its inputs", () => {
    const specs = { ...rules.specs, constraints: { max_photon_count: 2, min_photon_count: 1 } };
    const iterator = [{ input_state: ":PCVL:BasicState:|2,1>" }, { input_state: ":PCVL:BasicState:|0,0>" }];
    expect(codesOf({ iterator }, { specs })).toEqual([
      ["platform_limit_exceeded", "payload.input_state"],
      ["platform_limit_exceeded", "payload.input_state"],
    ]);
    expect(codesOf({}, { specs })).toEqual([]);
  });

  test("is refused when an input does not have the modes of its circuit", () => {
    const input_state = ":PCVL:BasicState:|1,1,0>";
    expect(checkPayload({ ...payload, input_state }, rules).findings).toMatchObject([
      { code: "invalid_payload", path: "payload.input_state", found: "3 modes", allowed: "2 modes" },
    ]);
    const iterator = [{}, { input_state }, { input_state }];
    expect(codesOf({ iterator })).toEqual([["invalid_payload", "payload.iterator[1].input_state"]]);
  });

  test("is not held to what a simulation would cost where nothing is simulated", () => {
    const heavy = { command: "probs", input_state: ":PCVL:BasicState:|500,500>" };
    const limits = { ...rules.limits, resultBytesMax: 1000 };
    expect(codesOf(heavy, { limits })).toEqual([["job_too_large", "payload"]]);
    expect(codesOf(heavy, { limits, simulates: false })).toEqual([]);
  });

  test("whose command no client sends is named with what it has instead", () => {
    for (const command of [undefined, 1, null, ["probs"]]) {
      const { findings } = checkPayload({ ...payload, command }, rules);
      expect(findings).toMatchObject([{ code: "invalid_payload", path: "payload.command", found: "none" }]);
    }
  });
});

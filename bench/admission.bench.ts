/** For how long checking payloads of many sizes holds the event loop: all at once, and as configured. */
import { deflateSync } from "node:zlib";
import { DEFAULT_SPEED } from "@corbenic/photonics/cost";
import type { PayloadRules } from "../server/src/admission/payload-check.ts";
import { createPayloadChecker, defaultCheckerOptions } from "../server/src/admission/payload-checker.ts";
import { readLimits } from "../server/src/platforms/platform-limits.ts";

const rules: PayloadRules = {
  platformName: "sim:bench",
  simulates: true,
  speed: DEFAULT_SPEED,
  specs: { available_commands: ["probs", "sample_count", "samples"] },
  limits: readLimits({}),
  durationSMax: 3600,
  tokenShotsMax: null,
};
const small = {
  command: "sample_count",
  circuit:
    ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
  input_state: ":PCVL:BasicState:|1,1>",
  max_samples: 1000,
};

/** The wire format of protobuf, as far as circuits need it. */
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest & 127) | 128);
  }
};
const message = (field: number, parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([varint((field << 3) | 2), varint(body.length), body]);
};
const int = (field: number, value: number) => Buffer.concat([varint(field << 3), varint(value)]);
const double = (field: number, value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return Buffer.concat([varint((field << 3) | 1), bytes]);
};
const circuitOf = (modes: number, parts: Buffer[]) =>
  `:PCVL:ACircuit:${Buffer.concat([int(2, modes), ...parts]).toString("base64")}`;
const zipped = (text: string) => `:PCVL:zip:${deflateSync(text).toString("base64")}`;
const input = (modes: number) =>
  `:PCVL:BasicState:|${Array.from({ length: modes }, (_, i) => (i < 4 ? 1 : 0)).join(",")}>`;

function longCircuit(components: number): string {
  const angle = (field: number, value: number) => message(field, [double(1, value)]);
  return circuitOf(
    256,
    Array.from({ length: components }, (_, i) =>
      message(4, [int(1, i % 255), int(2, 2), message(12, [angle(2, i / 7), angle(3, i / 3)])]),
    ),
  );
}

function identityCircuit(modes: number): string {
  const entries = Array.from({ length: modes * modes }, (_, i) =>
    message(1, [double(1, i % (modes + 1) === 0 ? 1 : 0), double(2, 0)]),
  );
  const matrix = message(1, [int(1, modes), int(2, modes), message(3, entries)]);
  return circuitOf(modes, [message(4, [int(1, 0), int(2, modes), message(15, [matrix])])]);
}

const payloads: [string, object][] = [
  ["Hong-Ou-Mandel", small],
  ["zipped unitary of 64 modes", { ...small, circuit: zipped(identityCircuit(64)), input_state: input(64) }],
  [
    "zipped unitary of 200 modes",
    { ...small, circuit: zipped(identityCircuit(200)), input_state: input(200) },
  ],
  [
    "zipped unitary of 500 modes",
    { ...small, circuit: zipped(identityCircuit(500)), input_state: input(500) },
  ],
  ["unitary of 500 modes", { ...small, circuit: identityCircuit(500), input_state: input(500) }],
  ["19,000 components", { ...small, circuit: longCircuit(19_000), input_state: input(256) }],
  [
    "10,000 iterations",
    { ...small, iterator: Array.from({ length: 10_000 }, (_, i) => ({ max_samples: 1 + i })) },
  ],
  [
    "100,000 iterations",
    { ...small, iterator: Array.from({ length: 100_000 }, (_, i) => ({ max_samples: 1 + i })) },
  ],
];

async function longestDelayMs(
  inlineBytesMax: number,
  text: string,
): Promise<{ delayMs: number; checkMs: number }> {
  const checker = createPayloadChecker({ ...defaultCheckerOptions, inlineBytesMax, checkMs: 60_000 });
  const payload = JSON.parse(text) as Record<string, unknown>;
  await checker.check(text, payload, rules);
  let [last, delayMs] = [performance.now(), 0];
  const tick = () => {
    const now = performance.now();
    delayMs = Math.max(delayMs, now - last);
    last = now;
  };
  const ticking = setInterval(tick, 1);
  const begun = performance.now();
  await checker.check(text, payload, rules);
  const checkMs = performance.now() - begun;
  await new Promise((resolve) => setTimeout(resolve, 5));
  tick();
  clearInterval(ticking);
  await checker.close();
  return { delayMs, checkMs };
}

const row = (cells: readonly string[]) =>
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(30) : cell.padStart(14))).join(""));
row(["payload", "kB", "check ms", "loop held", "as configured"]);
for (const [name, payload] of payloads) {
  const text = JSON.stringify(payload);
  const atOnce = await longestDelayMs(Number.POSITIVE_INFINITY, text);
  const configured = await longestDelayMs(defaultCheckerOptions.inlineBytesMax, text);
  const numbers = [text.length / 1000, atOnce.checkMs, atOnce.delayMs, configured.delayMs];
  row([name, ...numbers.map((value) => value.toFixed(1))]);
}

import type { Random } from "./random.ts";

const uuid = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";

/** Texts on which programs that read them have failed before. */
export const hostileTexts: readonly string[] = [
  "",
  " ",
  "\0",
  "a\0b",
  "\ud800",
  "\udc00\ud800",
  "\u202e\u2066",
  "\u0007\u001b[31m",
  "é".normalize("NFD"),
  "🦌".repeat(100),
  "a".repeat(256),
  "a".repeat(70_000),
  "null",
  "undefined",
  "NaN",
  "-1",
  "0",
  "1e999",
  "99999999999999999999999999",
  "true",
  "../../etc/passwd",
  "'; drop table jobs; --",
  "%",
  "%00",
  "*",
  "sim:*",
  "sim:slos\n",
  "SIM:SLOS",
  "__proto__",
  "constructor",
  "<script>alert(1)</script>",
  "=1+1",
  "{}",
  "[",
  ":PCVL:zip:eJw=",
  ":PCVL:ACircuit:AAAA",
  uuid.toUpperCase(),
  `{${uuid}}`,
  `urn:uuid:${uuid}`,
  "0000-00-00T00:00:00Z",
  "9999-12-31T23:59:60Z",
  "2026-02-30T00:00:00Z",
  "-000001-01-01T00:00:00Z",
  `cbn_j_${"0".repeat(36)}`,
];

const hostileNumbers: readonly number[] = [
  0,
  -0,
  -1,
  0.5,
  1e-320,
  2 ** 31 - 1,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  2 ** 63,
  1e308,
  Number.MAX_SAFE_INTEGER,
];

/** Something of any kind, mostly not what is asked for. */
export function hostileValue(random: Random, depth = 0): unknown {
  const kind = random.integer(depth > 2 ? 4 : 8);
  if (kind === 0) return null;
  if (kind === 1) return random.chance(0.5);
  if (kind === 2) return random.pick(hostileNumbers);
  if (kind === 3 || kind === 4) return random.pick(hostileTexts);
  if (kind === 5) return Array.from({ length: random.integer(4) }, () => hostileValue(random, depth + 1));
  if (kind === 6) return nested(random.pick([10, 70, 2_000]));
  return Object.fromEntries(
    Array.from({ length: random.integer(4) }, () => [
      random.pick(hostileTexts).slice(0, 300),
      hostileValue(random, depth + 1),
    ]),
  );
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

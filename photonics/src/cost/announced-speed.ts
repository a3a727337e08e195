import { DEFAULT_SPEED, type EngineSpeed } from "./engine-speed.ts";

/** What is measured of a machine, by the names under which its platforms publish it among their perfs. */
const published = {
  secondsPerAmplitudeStep: "Amplitude step (ns)",
  secondsPerSampleStep: "Sampling step (ns)",
  secondsPerDraw: "Draw (ns)",
  secondsPerResultByte: "Result character (ns)",
} as const satisfies Partial<Record<keyof EngineSpeed, string>>;

const measured = Object.entries(published) as [keyof typeof published, string][];

/** Nobody's machine is so many times as fast, or as slow, as the default. */
const believable = 100;

/** A measured speed as perfs, in nanoseconds with three digits. */
export function perfsOfSpeed(speed: EngineSpeed): Record<string, number> {
  return Object.fromEntries(measured.map(([key, name]) => [name, Number((1e9 * speed[key]).toPrecision(3))]));
}

/** The speed that a platform's perfs tell; what they do not tell, or nobody would believe, is as by default. */
export function speedFromPerfs(perfs: Readonly<Record<string, unknown>>): EngineSpeed {
  const told: { -readonly [Key in keyof EngineSpeed]?: EngineSpeed[Key] } = {};
  for (const [key, name] of measured) {
    const value = perfs[name];
    const factor = typeof value === "number" ? value / (1e9 * DEFAULT_SPEED[key]) : Number.NaN;
    if (factor > 1 / believable && factor < believable) told[key] = factor * DEFAULT_SPEED[key];
  }
  return { ...DEFAULT_SPEED, ...told };
}

import type { Machine } from "../machine.ts";

/** What a calibration measures of the machine; all but the time are probabilities. */
export interface Calibration {
  readonly transmittance: number;
  /** Mean overlap of two photons' wave packets, as the visibility of a Hong-Ou-Mandel dip gives it. */
  readonly indistinguishability: number;
  /** Second-order autocorrelation at zero delay. */
  readonly g2: number;
}

type Quantity = keyof Calibration;

/** Where each quantity is after a calibration, and how far it wanders from there within an hour. */
const quantities: Record<Quantity, { readonly best: number; readonly perHour: number }> = {
  transmittance: { best: 0.08, perHour: 0.006 },
  indistinguishability: { best: 0.92, perHour: 0.012 },
  g2: { best: 0.015, perHour: 0.004 },
};

const hourMs = 3_600_000;

/** A machine that is never quite as it was: each quantity gets worse with time, by chance, until it is calibrated. */
export interface DriftingMachine {
  current(): Calibration;
  calibrate(): void;
}

export function createDriftingMachine({ now, random }: Pick<Machine, "now" | "random">): DriftingMachine {
  let state = calibrated();
  let at = now();

  function current(): Calibration {
    const hours = (now() - at) / hourMs;
    at = now();
    // A random walk: its spread grows with the root of time, so that asking more often changes nothing of it.
    const worsen = (quantity: Quantity, sign: 1 | -1) => {
      const { best, perHour } = quantities[quantity];
      const step = perHour * (hours * 0.5 + Math.sqrt(hours) * (random() - 0.5));
      const worst = best + sign * perHour * 8;
      const [low, high] = sign === 1 ? [best, worst] : [worst, best];
      return Math.min(high, Math.max(low, state[quantity] + sign * step));
    };
    state = {
      transmittance: worsen("transmittance", -1),
      indistinguishability: worsen("indistinguishability", -1),
      g2: worsen("g2", 1),
    };
    return state;
  }

  return {
    current,
    calibrate() {
      state = calibrated();
      at = now();
    },
  };
}

function calibrated(): Calibration {
  return {
    transmittance: quantities.transmittance.best,
    indistinguishability: quantities.indistinguishability.best,
    g2: quantities.g2.best,
  };
}

/** The calibration as platforms publish it: percentages, and the clock rate of the source in megahertz. */
export function perfsOf({ transmittance, indistinguishability, g2 }: Calibration): Record<string, number> {
  const percent = (share: number) => Math.round(share * 10_000) / 100;
  return {
    "Transmittance (%)": percent(transmittance),
    "HOM (%)": percent(indistinguishability),
    "g2 (%)": percent(g2),
    "Clock (MHz)": 80,
  };
}

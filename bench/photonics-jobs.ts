import {
  countsOfDraws,
  createShotSampler,
  createSlos,
  type Engine,
  noiseBytes,
  noisyProbabilities,
  permanent,
  planNoise,
  planSlos,
  type SlosPlan,
  shotsAtOnce,
  slosBytes,
  stateTexts,
  type Team,
  unbounded,
  writeStateTexts,
} from "@corbenic/photonics/kernels";
import { type NoiseModel, noNoise } from "@corbenic/photonics/model";
import { createRandom } from "../photonics/src/simulation/random.ts";
import { mostPhotons, sourceChances } from "../photonics/src/simulation/source.ts";
import { listStates } from "../photonics/src/simulation/state-lists.ts";

/** A job that can be run again and again, once prepared. */
export interface Job {
  readonly name: string;
  /** Runs that are measured together. */
  readonly repeats: number;
  /** Whether to run once before measuring. */
  readonly warm: boolean;
  /** Vector operations that it takes at least. */
  readonly operations?: number;
  readonly bytes?: number;
  readonly states?: number;
  /** False where plain TypeScript would take too long. */
  readonly plainToo?: false;
  prepare(engine: Engine, team?: Team): Run;
}

export interface Run {
  (): void;
  release?: () => void;
}

/** Orthonormal columns of random amplitudes. */
function columnsOf(photons: number, modes: number): Float64Array[] {
  const random = createRandom(photons);
  const columns: Float64Array[] = [];
  for (let i = 0; i < photons; i++) {
    const column = Float64Array.from({ length: 2 * modes }, () => {
      const length = Math.sqrt(-2 * Math.log(1 - random.next()));
      return length * Math.cos(2 * Math.PI * random.next());
    });
    for (const other of columns) {
      let [re, im] = [0, 0];
      for (let k = 0; k < 2 * modes; k += 2) {
        re += other[k]! * column[k]! + other[k + 1]! * column[k + 1]!;
        im += other[k]! * column[k + 1]! - other[k + 1]! * column[k]!;
      }
      for (let k = 0; k < 2 * modes; k += 2) {
        column[k]! -= re * other[k]! - im * other[k + 1]!;
        column[k + 1]! -= re * other[k + 1]! + im * other[k]!;
      }
    }
    const length = Math.hypot(...column);
    columns.push(column.map((x) => x / length));
  }
  return columns;
}

export function permanentOf(n: number): Job {
  const columns = columnsOf(n, n);
  const matrix = { rows: n, cols: n, data: Float64Array.from(columns.flatMap((column) => [...column])) };
  return {
    name: `permanent n=${n}`,
    repeats: Math.max(1, 2 ** (21 - n)),
    warm: n < 20,
    // A complex product takes six operations, two of them at once.
    operations: (2 ** (n - 1) * n * 6) / 2,
    prepare: (engine, team) => () => {
      permanent(matrix, undefined, undefined, { engine, team });
    },
  };
}

/** A product and a sum of both parts for each term, twice as many but for the last photon, and the squares. */
function operationsOf({ photons, front, back, size }: SlosPlan): number {
  let operations = size;
  for (let k = 1; k <= photons; k++) {
    for (let i = 0; i <= k; i++) {
      const terms = front.terms[i]! * back.sizes[k - i]! + front.sizes[i]! * back.terms[k - i]!;
      operations += terms * (k === photons ? 2 : 4);
    }
  }
  return operations;
}

function planOf(photons: number, modes: number, cap?: number): SlosPlan {
  const bounds = unbounded(modes);
  return planSlos(photons, cap === undefined ? bounds : { ...bounds, caps: bounds.caps.map(() => cap) });
}

/** All probabilities, tables and memory being there. @param cap the most photons of each mode that is of interest */
export function probabilities(photons: number, modes: number, cap?: number): Job {
  const plan = planOf(photons, modes, cap);
  const columns = columnsOf(photons, modes);
  return {
    name: `probabilities (${photons},${modes})${cap === undefined ? "" : ` at most ${cap} a mode`}`,
    repeats: Math.max(1, Math.round(400_000 / plan.size)),
    warm: true,
    operations: operationsOf(plan),
    bytes: slosBytes(plan, "probabilities"),
    states: plan.size,
    prepare: (engine, team) => {
      const slos = createSlos(plan, "probabilities", { engine, team });
      return Object.assign(() => void slos.run(columns), { release: slos.release });
    },
  };
}

/** The same with all that a first job needs: the plan, its tables and memory. */
export function firstProbabilities(photons: number, modes: number): Job {
  const columns = columnsOf(photons, modes);
  return {
    name: `probabilities (${photons},${modes}) with all tables`,
    repeats: 3,
    warm: true,
    prepare: (engine) => () => {
      const slos = createSlos(planOf(photons, modes), "probabilities", { engine });
      slos.run(columns);
      slos.release();
    },
  };
}

/** Counts of so many draws, by all probabilities. */
export function sampleCount(photons: number, modes: number, draws: number): Job {
  const columns = columnsOf(photons, modes);
  return {
    name: `sample_count ${draws} (${photons},${modes})`,
    repeats: 1,
    warm: true,
    prepare: (engine) => () => {
      const slos = createSlos(planOf(photons, modes), "probabilities", { engine });
      countsOfDraws(slos.run(columns), draws, 1n, {}, engine);
      slos.release();
    },
  };
}

/** Shots drawn one by one. */
export function shots(photons: number, modes: number, count: number, noise: Partial<NoiseModel>): Job {
  const model = { ...noNoise, ...noise };
  const groups = columnsOf(photons, modes).map((column) => ({ column, chances: sourceChances(1, model) }));
  return {
    name: `${count} shots (${photons},${modes})${Object.keys(noise).length > 0 ? ` ${describe(model)}` : ""}`,
    repeats: 1,
    warm: true,
    ...(photons > 12 ? { plainToo: false } : {}),
    prepare: (engine) => {
      const sampler = createShotSampler(groups, modes, engine);
      const run = () => {
        for (let first = 0; first < count; first += shotsAtOnce)
          sampler.draw(1n, first, Math.min(count, first + shotsAtOnce));
      };
      return Object.assign(run, { release: sampler.release });
    },
  };
}

function describe({ transmittance, indistinguishability, g2 }: NoiseModel): string {
  return `eta=${transmittance} I=${indistinguishability} g2=${g2}`;
}

/** Exact probabilities with noise. */
export function exact(photons: number, modes: number, noise: Partial<NoiseModel>): Job {
  const model = { ...noNoise, ...noise };
  const groups = columnsOf(photons, modes).map((column) => ({
    column,
    seen: Float64Array.from(
      { length: modes },
      (_, mode) => column[2 * mode]! ** 2 + column[2 * mode + 1]! ** 2,
    ),
    unseen: 0,
    chances: sourceChances(1, model),
  }));
  const most = mostPhotons(groups.map(({ chances }) => chances));
  const plan = planNoise(groups, modes, most.all, most.interfering);
  return {
    name: `probabilities (${photons},${modes}) ${describe(model)}`,
    repeats: 1,
    warm: true,
    bytes: noiseBytes(plan),
    states: plan.offsets.at(-1)!,
    prepare: (engine) => () => void noisyProbabilities(plan, {}, engine),
  };
}

/** All probabilities for many circuits, each written as bytes in the order of states. */
export function sweep(photons: number, modes: number, points: number): Job {
  const plan = planOf(photons, modes);
  const columns = columnsOf(photons, modes);
  const bytes = Buffer.alloc(8 * plan.size);
  return {
    name: `${points} circuits (${photons},${modes}), as bytes`,
    repeats: 1,
    warm: true,
    operations: points * operationsOf(plan),
    prepare: (engine) => () => {
      const slos = createSlos(plan, "probabilities", { engine });
      for (let point = 0; point < points; point++) {
        columns[0]![point % modes]! += 1e-3;
        const values = slos.run(columns);
        bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      }
      slos.release();
    },
  };
}

/** Points whose text is written together where several threads write it. */
const pointsAtOnce = 8;

/** The same with the text of each result, states and numbers, as bytes or as a string. */
export function sweepWithText(photons: number, modes: number, points: number, as: "bytes" | "string"): Job {
  const plan = planOf(photons, modes);
  const columns = columnsOf(photons, modes);
  const counts = listStates(new Array<number>(modes).fill(Number.POSITIVE_INFINITY), [photons], plan.size);
  return {
    name: `${points} circuits (${photons},${modes}), as text in ${as === "bytes" ? "bytes" : "strings"}`,
    repeats: 1,
    warm: true,
    plainToo: false,
    prepare: (engine, team) => {
      const slos = createSlos(plan, "probabilities", { engine });
      let written = 0;
      const together = team === undefined ? 1 : pointsAtOnce;
      const run = () => {
        for (let point = 0; point < points; point += together) {
          const tables = Array.from({ length: Math.min(together, points - point) }, (_, i) => {
            columns[0]![(point + i) % modes]! += 1e-3;
            const values = slos.run(columns);
            return { modes, counts, values: together === 1 ? values : values.slice() };
          });
          if (as === "string")
            for (const text of stateTexts(tables, { engine, team })) written += text.length;
          else
            writeStateTexts(tables, { engine, team }, (_, bytes) => {
              written += bytes.length;
            });
        }
        if (written === 0) throw new Error("nothing was written");
      };
      return Object.assign(run, { release: slos.release });
    },
  };
}

/** The text of all probabilities. */
export function text(photons: number, modes: number): Job {
  const plan = planOf(photons, modes);
  const counts = listStates(new Array<number>(modes).fill(Number.POSITIVE_INFINITY), [photons], plan.size);
  const random = createRandom(1);
  const values = Float64Array.from({ length: plan.size }, () => -Math.log(1 - random.next()) / plan.size);
  return {
    name: `text of (${photons},${modes})`,
    repeats: 1,
    warm: true,
    states: plan.size,
    prepare: (engine, team) => () => void stateTexts([{ modes, counts, values }], { engine, team }),
  };
}

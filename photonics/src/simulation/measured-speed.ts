import { DEFAULT_SPEED, type EngineSpeed } from "../cost/index.ts";
import {
  countsOfDraws,
  createShotSampler,
  createSlos,
  planSlos,
  stateTexts,
  unbounded,
} from "../kernels/index.ts";
import { listStates } from "./state-lists.ts";

const photons = 6;
const modes = 10;
/** Each step is done so often; the shortest time counts, as others disturb the machine. */
const rounds = 15;

/**
 * What the kernels take on this machine, measured in some tens of milliseconds; what is not measured is as by default.
 * It tells times, and never decides what a job gives: the same job gives the same result on every machine.
 * @param seconds a clock of whatever is to be measured
 */
export function measureSpeed(seconds: () => number): EngineSpeed {
  const shortest = (work: () => void) => {
    let least = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const begun = seconds();
      work();
      least = Math.min(least, seconds() - begun);
    }
    return least;
  };
  const columns = Array.from({ length: photons }, (_, i) =>
    Float64Array.from({ length: 2 * modes }, (_, j) => Math.cos(i * j + i + 1) / modes),
  );
  const slos = createSlos(planSlos(photons, unbounded(modes)), "probabilities");
  const simulated = shortest(() => slos.run(columns));
  const values = slos.run(columns).slice();
  slos.release();
  const counts = listStates(new Array(modes).fill(Number.POSITIVE_INFINITY), [photons], values.length);
  const table = { modes, counts, values };
  const text = stateTexts([table])[0]!;
  const written = shortest(() => stateTexts([table]));
  const draws = 20_000;
  const drawn = shortest(() => countsOfDraws(values, draws, 1n));
  const shots = 500;
  const sampler = createShotSampler(
    columns.map((column) => ({ column, chances: [[0], [1]] })),
    modes,
  );
  const sampled = shortest(() => sampler.draw(1n, 0, shots));
  sampler.release();
  return {
    ...DEFAULT_SPEED,
    secondsPerAmplitudeStep: simulated / (photons * values.length),
    secondsPerResultByte: written / text.length,
    secondsPerDraw: drawn / draws,
    secondsPerSampleStep: sampled / (shots * photons * 2 ** photons),
  };
}

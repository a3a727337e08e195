import { noisyProbabilities } from "./noise.ts";
import { planNoise } from "./noise-plan.ts";
import { permanent } from "./permanent.ts";
import { createShotSampler } from "./shots.ts";
import { createSlos } from "./slos.ts";
import { planSlos } from "./slos-plan.ts";
import { countsOfDraws } from "./sorted-counts.ts";
import { unbounded } from "./state-part.ts";
import { stateTexts } from "./state-texts.ts";

/**
 * Runs every kernel on a small case so often that the engine compiles it for speed, which it does after some calls:
 * a first job then takes no longer than the next one. Takes some tens of milliseconds.
 */
export function warmKernels(): void {
  const modes = 8;
  const columns = Array.from({ length: 5 }, (_, i) =>
    Float64Array.from({ length: 2 * modes }, (_, j) => Math.cos(i * j + 1) / modes),
  );
  for (const output of ["probabilities", "amplitudes"] as const) {
    const slos = createSlos(planSlos(5, unbounded(modes)), output);
    for (let i = 0; i < 40; i++) slos.run(columns);
    slos.release();
  }
  const chances = [
    [0.2, 0.1],
    [0.6, 0.1],
  ];
  const groups = columns.slice(0, 3).map((column) => ({
    column,
    seen: new Float64Array(modes).fill(1 / modes),
    unseen: 0,
    chances,
  }));
  for (let i = 0; i < 5; i++) noisyProbabilities(planNoise(groups, modes, 6));
  const sampler = createShotSampler(
    columns.map((column) => ({ column, chances })),
    modes,
  );
  for (let i = 0; i < 4; i++) sampler.draw(1n, 0, 500);
  sampler.release();
  countsOfDraws(Float64Array.of(1, 2, 3), 20_000, 1n);
  const table = {
    modes,
    counts: new Uint16Array(modes * 500),
    values: Float64Array.from({ length: 500 }, (_, i) => Math.exp(-i / 20)),
  };
  for (let i = 0; i < 40; i++) stateTexts([table]);
  const matrix = { rows: 12, cols: 12, data: Float64Array.from({ length: 288 }, (_, i) => Math.sin(i)) };
  permanent(matrix);
  permanent({ rows: 2, cols: 2, data: matrix.data }, [3, 3], [3, 3]);
}

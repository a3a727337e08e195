import type { Input, PhotonicJob } from "../model/index.ts";

/** Samples that are offered in place of an exact distribution, the most first. */
const SAMPLES_OFFERED = [1_000_000, 100_000, 10_000, 1_000];

/**
 * The first of these changes that fits, as a piece of a sentence: fewer iterations, counts in place of an exact
 * distribution, fewer samples, fewer photons.
 */
export function nearestFeasible(
  job: PhotonicJob,
  fits: (changed: PhotonicJob) => boolean,
): string | undefined {
  return (
    fewerIterations(job, fits) ?? counts(job, fits) ?? fewerSamples(job, fits) ?? fewerPhotons(job, fits)
  );
}

function fewerIterations(job: PhotonicJob, fits: (changed: PhotonicJob) => boolean): string | undefined {
  const most = largest(job.iterations.length - 1, (count) =>
    fits({ ...job, iterations: job.iterations.slice(0, count) }),
  );
  return most === undefined
    ? undefined
    : `jobs of at most ${most} of the ${job.iterations.length} iterations each`;
}

function counts(job: PhotonicJob, fits: (changed: PhotonicJob) => boolean): string | undefined {
  if (job.command !== "probs") return undefined;
  const samples = SAMPLES_OFFERED.find((maxSamples) =>
    fits(withSamples({ ...job, command: "sample_count" }, maxSamples)),
  );
  return samples === undefined ? undefined : `the command sample_count with max_samples of ${samples}`;
}

function fewerSamples(job: PhotonicJob, fits: (changed: PhotonicJob) => boolean): string | undefined {
  if (job.command === "probs") return undefined;
  const asked = Math.min(job.maxSamples ?? Number.MAX_SAFE_INTEGER, job.maxShots ?? Number.MAX_SAFE_INTEGER);
  const most = largest(asked - 1, (samples) => fits(withSamples(job, samples)));
  return most === undefined ? undefined : `max_samples of at most ${most}`;
}

function withSamples(job: PhotonicJob, maxSamples: number): PhotonicJob {
  const iterations = job.iterations.map((step) =>
    step.maxSamples === undefined ? step : { ...step, maxSamples: Math.min(step.maxSamples, maxSamples) },
  );
  return { ...job, maxSamples, iterations };
}

function fewerPhotons(job: PhotonicJob, fits: (changed: PhotonicJob) => boolean): string | undefined {
  const { input } = job.experiment;
  if (input?.kind !== "fock" || job.iterations.some((step) => step.input !== undefined)) return undefined;
  const photons = input.state.reduce((sum, count) => sum + count, 0);
  const most = largest(photons - 1, (kept) =>
    fits({ ...job, experiment: { ...job.experiment, input: withPhotons(input.state, kept) } }),
  );
  return most === undefined ? undefined : `an input of at most ${most} of the ${photons} photons`;
}

function withPhotons(state: readonly number[], kept: number): Input {
  let left = kept;
  const counts = state.map((count) => {
    const stays = Math.min(count, left);
    left -= stays;
    return stays;
  });
  return { kind: "fock", state: counts };
}

/** The largest number from 1 to `most` that fits, found by halving; undefined when not even 1 does. */
function largest(most: number, fits: (count: number) => boolean): number | undefined {
  if (most < 1 || !fits(1)) return undefined;
  let low = 1;
  let high = most;
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

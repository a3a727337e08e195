import { isPerfectSource } from "../model/index.ts";
import { between, statesByPhotons } from "./capped-states.ts";
import type { EngineSpeed } from "./engine-speed.ts";
import { logBinomial, logStates } from "./log-binomial.ts";
import { type Magnitude, magnitude, sum, ZERO } from "./magnitude.ts";
import { anyJob, drawnBytes, peakBytes, strongMemory, textCopies } from "./run-memory.ts";
import type { RunShape } from "./run-shape.ts";
import { type SourceOutcomes, sourceOutcomes } from "./source-outcomes.ts";
import { drawsAreFaster } from "./strong-path.ts";

/** What a run is expected to take; every field is a decimal logarithm. */
export interface RunEstimate {
  /** Different states that the result may show. */
  readonly states: Magnitude;
  /** States that are computed for it at once; zero where events are sampled without. */
  readonly statesHeld: Magnitude;
  readonly resultBytes: Magnitude;
  readonly memoryBytes: Magnitude;
  readonly seconds: Magnitude;
}

const BYTES_PER_AMPLITUDE = magnitude(16);

/** More pairs than this in one event are too rare to plan memory for. */
const PAIRS_AT_ONCE = 3;

/** Estimates one run, by strong simulation or by sampling: whichever is faster for its command. */
export function estimateRun(shape: RunShape, speed: EngineSpeed): RunEstimate {
  const source = sourceOutcomes(shape.photonsPerMode, shape.noise, shape.internalModes);
  const states = Math.min(outputStates(shape, source), shape.kept?.states ?? Number.POSITIVE_INFINITY);
  const draws = drawsOf(shape);
  const entries = shape.command === "probs" ? states : distinct(states, draws);
  const resultBytes = bytesOf(shape, entries, draws);
  const branches = branchesOf(shape, source.photonsMax);
  const internal = internalStates(shape, source.photonsMax);

  const strong = {
    steps:
      branches +
      magnitude(shape.inputTerms) +
      (shape.kept?.steps ?? sum(source.amplitudeSteps, mixingSteps(shape, source, internal))),
    bytes: peakBytes(
      strongMemory(shape, source, internal),
      drawnBytes(shape, internal, entries, draws),
      resultBytes,
    ),
  };
  const events = draws - acceptance(shape);
  const gathered = branches + internal + magnitude(shape.visited ? speed.detectionFactor : 1);
  const strongSeconds = sum(
    strong.steps + magnitude(speed.secondsPerAmplitudeStep * (shape.byKernels ? 1 : speed.layersFactor)),
    gathered + magnitude(speed.secondsPerState),
    shape.command === "probs" ? ZERO : events + magnitude(speed.secondsPerDraw),
  );
  const sampling = samplingCost(shape, source, events + branches, speed);
  const sampled = isSampled(shape, source, internal, speed);
  return {
    states,
    statesHeld: sampled ? ZERO : internal,
    resultBytes,
    memoryBytes: sampled ? sum(anyJob, sampling.bytes, resultBytes + magnitude(textCopies)) : strong.bytes,
    seconds: sum(
      magnitude(speed.secondsToStart),
      sampled ? sampling.seconds : strongSeconds,
      resultBytes +
        magnitude(speed[shape.command === "samples" ? "secondsPerSampleByte" : "secondsPerResultByte"]),
    ),
  };
}

/** Whether events are drawn one by one: as the simulator decides. */
function isSampled(
  shape: RunShape,
  source: SourceOutcomes,
  states: Magnitude,
  { secondsPerSampleStep, statesMax }: EngineSpeed,
): boolean {
  const { command, noise, choosing, byKernels, kept, maxShots, maxSamples } = shape;
  if (command === "probs" || choosing.length > 0 || !byKernels || !Number.isFinite(secondsPerSampleStep))
    return false;
  if (states > magnitude(statesMax)) return true;
  if (kept !== undefined && states < logStates(shape.internalModes, source.photonsMax)) return false;
  const keepsAll = shape.heralds.length === 0 && shape.minDetectedPhotons <= 1;
  const shots = Math.min(
    maxShots ?? Number.POSITIVE_INFINITY,
    keepsAll ? (maxSamples ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY,
  );
  const photons = shape.photonsPerMode.reduce((total, count) => total + count, 0);
  const arrive = noise.brightness * noise.transmittance;
  const interfering = arrive * Math.sqrt(noise.indistinguishability);
  const seen = 1 - (1 - arrive) ** photons;
  return drawsAreFaster({
    states: 10 ** states,
    isNoisy: shape.lossy || !isPerfectSource(noise),
    sources: shape.photonsPerMode.filter((count) => count > 0).length,
    modes: shape.seenModes,
    shots,
    events: shots / Math.max(1e-12, seen),
    subsets: photons * interfering * (1 + interfering) ** photons,
  });
}

/**
 * How many different states so many draws show: D·N/(D + N) on average, as the probabilities of photons that interfere
 * are spread exponentially (C. Porter and R. Thomas, 1956).
 */
function distinct(states: Magnitude, draws: Magnitude): Magnitude {
  return states + draws - sum(states, draws);
}

/** Each state of the modes that are shown, of every photon number that may be detected there. */
function outputStates(shape: RunShape, source: SourceOutcomes): Magnitude {
  const heralded = shape.heralds.reduce((total, photons) => total + photons, 0);
  const most = Math.max(0, source.photonsMax - heralded);
  const counts = statesByPhotons(shape.caps, most);
  const fewest = shape.resolved && !shape.lossy ? most : Math.min(shape.minDetectedPhotons, most);
  return Math.max(0, between(counts, fewest, most));
}

/** States that strong simulation gathers: of all photons, and of fewer where some may be lost. */
function internalStates(shape: RunShape, photons: number): Magnitude {
  if (shape.kept !== undefined) return shape.kept.states;
  return logStates(shape.lossy ? shape.internalModes + 1 : shape.internalModes, photons);
}

/** Distributions of distinguishable photons are multiplied into those of each coherent set. */
function mixingSteps(shape: RunShape, source: SourceOutcomes, internal: Magnitude): Magnitude {
  const alone = shape.noise.indistinguishability < 1 || (shape.noise.g2 > 0 && shape.noise.g2Distinguishable);
  return alone ? source.coherentSets + internal : ZERO;
}

/**
 * Clifford and Clifford: n 2^n + m n^2 for each event (arXiv 1706.01260, 2005.04214). The mean of 2^n over photons
 * that arrive with probability p each is (1 + p)^n.
 */
function samplingCost(shape: RunShape, source: SourceOutcomes, events: Magnitude, speed: EngineSpeed) {
  const photons = Math.max(
    1,
    shape.photonsPerMode.reduce((total, count) => total + count, 0),
  );
  const arrive = Math.min(1, shape.noise.brightness * shape.noise.transmittance * (1 + shape.noise.g2));
  const subsets = photons * magnitude(1 + arrive);
  const perEvent = sum(magnitude(photons) + subsets, magnitude(shape.internalModes) + 2 * magnitude(photons));
  return {
    seconds: events + sum(magnitude(speed.secondsPerEvent), perEvent + magnitude(speed.secondsPerSampleStep)),
    bytes:
      BYTES_PER_AMPLITUDE + Math.min(photons + PAIRS_AT_ONCE, Math.max(1, source.photonsMax)) * magnitude(2),
  };
}

/** log10 of a lower bound of the share of events with enough photons: as many as the filter asks all arrive. */
function acceptance(shape: RunShape): Magnitude {
  const arrive = shape.noise.brightness * shape.noise.transmittance;
  const needed = shape.minDetectedPhotons + shape.heralds.reduce((total, photons) => total + photons, 0);
  return needed === 0 || arrive >= 1 ? 0 : Math.max(needed * magnitude(arrive), -12);
}

/** Samples to keep: whichever bound comes first; one when there is none. */
function drawsOf(shape: RunShape): Magnitude {
  const most = Math.min(
    shape.maxSamples ?? Number.POSITIVE_INFINITY,
    shape.maxShots ?? Number.POSITIVE_INFINITY,
  );
  return magnitude(Number.isFinite(most) ? Math.max(1, most) : 1);
}

/** Ways in which the measurements in the middle can go, at most: each choice is one, however many outcomes lead to it. */
function branchesOf(shape: RunShape, photons: number): Magnitude {
  return shape.choosing.reduce(
    (total, { measured, choices }) =>
      total + Math.min(magnitude(choices), logBinomial(measured + photons, photons)),
    0,
  );
}

/** Text: two characters for each mode and 25 for a probability; counts and sample indices have their own length. */
function bytesOf(shape: RunShape, entries: Magnitude, draws: Magnitude): Magnitude {
  const label = 2 * shape.caps.length;
  if (shape.command === "probs") return entries + magnitude(label + 25);
  const digits = Math.max(1, Math.ceil(shape.command === "samples" ? entries : draws - entries)) + 2;
  if (shape.command === "sample_count") return entries + magnitude(label + 2 + digits);
  return sum(entries + magnitude(label + 2), draws + magnitude(digits));
}

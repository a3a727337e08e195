import {
  type Component,
  type Experiment,
  heraldsOf,
  type Input,
  type Iteration,
  largestCount,
  type NoiseModel,
  none,
  numberOf,
  type PhotonicJob,
  photonsIn,
  resolvesPhotonNumber,
} from "../model/index.ts";
import { type ConnectedModes, connectedModes } from "./connected-modes.ts";
import { type KeptStates, keptStates } from "./kept-states.ts";

/** The numbers of one run that its cost depends on. */
export interface RunShape {
  readonly command: PhotonicJob["command"];
  /** Modes that light is followed through: doubled by polarization, one more for each loss, repeated by delays. */
  readonly internalModes: number;
  /** Those of them that are seen. */
  readonly seenModes: number;
  /** Whether kernels compute probabilities: of a Fock state in optics that do not polarize. */
  readonly byKernels: boolean;
  /** Present where no photon is lost or told apart, and detectors err in none. */
  readonly kept?: KeptStates;
  /** Whether states are looked at one by one, as heralds, conditions and detectors need it. */
  readonly visited: boolean;
  /** Photons in each input mode; for a superposition, those of its largest term. */
  readonly photonsPerMode: readonly number[];
  /** State vectors mixed, times terms in each: how often the circuit is applied before any noise. */
  readonly inputTerms: number;
  readonly noise: NoiseModel;
  /** Whether the number of photons at the detectors may differ from that of the input. */
  readonly lossy: boolean;
  /** For each mode that results show, the most that its detector tells. */
  readonly caps: readonly number[];
  /** Whether every detector tells photon counts as they are, so that the total is kept. */
  readonly resolved: boolean;
  readonly heralds: readonly number[];
  readonly minDetectedPhotons: number;
  /** For each feed-forward component, the modes that it measures and the circuits that it may choose. */
  readonly choosing: readonly { readonly measured: number; readonly choices: number }[];
  readonly maxSamples?: number;
  readonly maxShots?: number;
}

/** The runs of a job: one for each iteration, or one. Iterations that change nothing that counts share a shape. */
export function shapesOf(job: PhotonicJob): RunShape[] {
  const { experiment } = job;
  const base = {
    contents: contentsOf(experiment),
    connected: connectedModes(experiment),
    outputs: outputsOf(job),
  };
  if (job.iterations.length === 0) return [shapeOf(job, base, undefined)];
  const known = new Map<string, RunShape>();
  return job.iterations.map((step) => {
    const key = keyOf(step, base.contents);
    const shape = known.get(key) ?? shapeOf(job, base, step);
    known.set(key, shape);
    return shape;
  });
}

interface Base {
  readonly contents: Contents;
  readonly connected: ConnectedModes;
  readonly outputs: Pick<RunShape, "caps" | "resolved" | "heralds">;
}

function keyOf(step: Iteration, contents: Contents): string {
  const { minDetectedPhotons, maxSamples, maxShots, noise, input } = step;
  const photons = input === undefined ? undefined : [photonsOf(input), termsOf(input), input.kind];
  return JSON.stringify([
    minDetectedPhotons,
    maxSamples,
    maxShots,
    noise,
    photons,
    periodsIn(contents, step),
  ]);
}

function shapeOf(
  job: PhotonicJob,
  { contents, connected, outputs }: Base,
  step: Iteration | undefined,
): RunShape {
  const { experiment } = job;
  const noise = step?.noise ?? experiment.noise;
  const input = step?.input ?? experiment.input;
  const photonsPerMode = photonsOf(input);
  const periods = periodsIn(contents, step);
  const polarized = contents.polarized || input?.kind === "annotated";
  const maxSamples = step?.maxSamples ?? job.maxSamples;
  const maxShots = step?.maxShots ?? job.maxShots;
  const lossy = contents.losses > 0 || periods > 1 || losesOrAddsPhotons(noise);
  const byKernels = !polarized && (input === undefined || input.kind === "fock");
  const kept =
    byKernels && !lossy && noise.indistinguishability === 1 && contents.choosing.length === 0
      ? keptStates(job, connected, photonsPerMode, step?.minDetectedPhotons)
      : undefined;
  return {
    command: job.command,
    internalModes: (experiment.modes + contents.losses) * (polarized ? 2 : 1) * periods,
    seenModes: experiment.modes,
    byKernels,
    ...(kept === undefined ? {} : { kept }),
    visited:
      (kept !== undefined && kept.blocks.length > 1) ||
      outputs.heralds.length > 0 ||
      !outputs.resolved ||
      experiment.postSelection !== undefined ||
      job.minClickedModes > 0,
    photonsPerMode: Array.from({ length: periods }, () => photonsPerMode).flat(),
    inputTerms: termsOf(input),
    noise,
    lossy,
    ...outputs,
    minDetectedPhotons: step?.minDetectedPhotons ?? experiment.minDetectedPhotons,
    choosing: contents.choosing,
    ...(maxSamples === undefined ? {} : { maxSamples }),
    ...(maxShots === undefined ? {} : { maxShots }),
  };
}

function losesOrAddsPhotons({ brightness, transmittance, g2 }: NoiseModel): boolean {
  return brightness * transmittance < 1 || g2 > 0;
}

function outputsOf({ experiment, thresholded }: PhotonicJob): Base["outputs"] {
  const heralds = heraldsOf(experiment.outputPorts);
  const shown = Array.from({ length: experiment.modes }, (_, mode) => mode).filter(
    (mode) => !heralds.has(mode),
  );
  const imperfect = [...experiment.detectors.values()].some((detector) => !resolvesPhotonNumber(detector));
  return {
    caps: shown.map((mode) => (thresholded ? 1 : capOf(experiment, mode))),
    resolved: !thresholded && !imperfect,
    heralds: [...heralds.values()],
  };
}

function capOf(experiment: Experiment, mode: number): number {
  const detector = experiment.detectors.get(mode);
  return detector === undefined ? Number.POSITIVE_INFINITY : largestCount(detector);
}

function photonsOf(input: Input | undefined): readonly number[] {
  if (input === undefined) return [];
  if (input.kind === "fock") return input.state;
  if (input.kind === "annotated") return input.state.map((photons) => photons.length);
  let most: readonly number[] = [];
  for (const { vector } of input.mixture) {
    for (const { state } of vector) {
      const counts = state.map((photons) => photons.length);
      if (photonsIn(counts) >= photonsIn(most)) most = counts;
    }
  }
  return most;
}

function termsOf(input: Input | undefined): number {
  return input?.kind === "mixture"
    ? input.mixture.reduce((terms, { vector }) => terms + vector.length, 0)
    : 1;
}

interface Contents {
  polarized: boolean;
  losses: number;
  delays: TimeDelay[];
  choosing: { measured: number; choices: number }[];
}

type TimeDelay = Extract<Component, { kind: "time-delay" }>;

function contentsOf(experiment: Experiment): Contents {
  const contents: Contents = { polarized: false, losses: 0, delays: [], choosing: [] };
  const visit = (component: Component): void => {
    switch (component.kind) {
      case "circuit":
        for (const placed of component.components) visit(placed.component);
        break;
      case "wave-plate":
      case "polarization-rotator":
      case "polarized-beam-splitter":
        contents.polarized = true;
        break;
      case "unitary":
        contents.polarized ||= component.polarized;
        break;
      case "loss-channel":
        contents.losses += 1;
        break;
      case "time-delay":
        contents.delays.push(component);
        break;
      case "feed-forward-circuit-provider":
        contents.choosing.push({ measured: component.measured, choices: component.circuits.size + 1 });
        break;
      case "feed-forward-configurator":
        contents.choosing.push({ measured: component.measured, choices: component.values.size + 1 });
        break;
      default:
    }
  };
  for (const placed of experiment.components) visit(placed.component);
  return contents;
}

const PERIODS_MAX = 64;

/** 1 plus the delays, in periods of the source: how often the input is repeated. Bounded, as cost grows without end. */
function periodsIn(contents: Contents, step: Iteration | undefined): number {
  let periods = 1;
  for (const delay of contents.delays) periods += delayOf(delay, step);
  return Math.min(PERIODS_MAX, periods);
}

/** A delay without a value will be refused by simulation; here it counts as one period. */
function delayOf({ periods }: TimeDelay, step: Iteration | undefined): number {
  const assignment = step?.circuitParameters ?? none;
  const known = periods.kind === "value" || (periods.kind === "symbol" && assignment.has(periods.name));
  return known ? Math.min(PERIODS_MAX, Math.max(0, Math.ceil(numberOf(periods, assignment)))) : 1;
}

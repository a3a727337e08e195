import { type Assignment, type Experiment, type Input, Malformed, type PhotonicJob } from "../model/index.ts";
import type { Setting } from "./component-unitary.ts";
import { completeInput, isPolarized } from "./input.ts";
import { buildOptics, type Optics } from "./optics.ts";
import { phaseNoise } from "./phase-noise.ts";
import { type Placement, place } from "./placement.ts";
import type { Random } from "./random.ts";
import { SimulationError } from "./simulation-error.ts";

/** One run of a job, with all that an iteration may change of it. */
export interface Run {
  readonly job: PhotonicJob;
  readonly experiment: Experiment;
  readonly assignment: Assignment;
  readonly maxShots: number | undefined;
  readonly maxSamples: number | undefined;
}

/** A run's experiment on the table: what enters, what it passes, and the optics of that or of a branch of it. */
export interface Setup {
  readonly input: Input;
  readonly placements: readonly Placement[];
  /** @throws {SimulationError} `parameter_without_value` and what cannot be built */
  readonly opticsOf: (placements: readonly Placement[], modes: number) => Optics;
}

/** @throws {SimulationError} for an input that does not fit */
export function setUp({ experiment, assignment }: Run, random: Random): Setup {
  const { modes, noise, components } = experiment;
  const input = completeInput(experiment);
  const setting: Setting = { assignment, phaseOf: phaseNoise(noise, assignment, random) };
  let built:
    | { readonly placements: readonly Placement[]; readonly size: number; readonly optics: Optics }
    | undefined;
  return {
    input,
    placements: place(
      components,
      Array.from({ length: modes }, (_, mode) => mode),
    ),
    opticsOf: (placements, size) => {
      if (built?.placements === placements && built.size === size) return built.optics;
      try {
        const optics = buildOptics(placements, size, isPolarized(input), setting);
        built = { placements, size, optics };
        return optics;
      } catch (cause) {
        if (!(cause instanceof Malformed)) throw cause;
        throw new SimulationError("parameter_without_value", `Cannot set up the circuit: ${cause.message}.`, {
          cause,
        });
      }
    },
  };
}

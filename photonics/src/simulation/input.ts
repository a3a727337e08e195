import {
  type AnnotatedState,
  type Experiment,
  heraldsOf,
  type Input,
  misfitOf,
  photonsIn,
} from "../model/index.ts";
import { SimulationError } from "./simulation-error.ts";

/** The input with its heralded photons put in where they were left out. @throws {SimulationError} when sizes differ */
export function completeInput(experiment: Experiment): Input {
  const { input, modes, name } = experiment;
  if (input === undefined) {
    throw new SimulationError("no_input", `The experiment "${name}" has no input state: give it one.`);
  }
  const heralds = heraldsOf(experiment.inputPorts);
  const misfit = misfitOf(experiment, input);
  if (misfit !== undefined) {
    const heralded = heralds.size === 0 ? "" : `, ${heralds.size} of them heralded`;
    throw new SimulationError(
      "input_modes",
      `The input state has ${misfit.found} modes and the circuit ${modes}${heralded}: give as many modes, with or without heralded ones.`,
    );
  }
  if (modesOfInput(input) === modes) return input;
  return mapInput(input, (state, alike) => {
    const rest = state.values();
    return Array.from({ length: modes }, (_, mode) => {
      const photons = heralds.get(mode);
      return photons === undefined ? rest.next().value! : alike(photons);
    });
  });
}

/** The input with more modes behind, which photons of the source enter. */
export function withModes(input: Input, photons: readonly number[]): Input {
  if (photons.length === 0) return input;
  return mapInput(input, (state, alike) => [...state, ...photons.map(alike)]);
}

type Change = <Mode>(state: readonly Mode[], alike: (photons: number) => Mode) => Mode[];

/** Changes every state of an input. */
function mapInput(input: Input, change: Change): Input {
  if (input.kind === "fock") return { kind: "fock", state: change(input.state, (photons) => photons) };
  const annotated = (state: AnnotatedState): AnnotatedState =>
    change(state, (photons) => new Array(photons).fill({}));
  if (input.kind === "annotated") return { kind: "annotated", state: annotated(input.state) };
  return {
    kind: "mixture",
    mixture: input.mixture.map(({ probability, vector }) => ({
      probability,
      vector: vector.map((term) => ({ ...term, state: annotated(term.state) })),
    })),
  };
}

function modesOfInput(input: Input): number {
  return input.kind === "mixture" ? input.mixture[0]!.vector[0]!.state.length : input.state.length;
}

/** Whether polarizations matter from the start. */
export function isPolarized(input: Input): boolean {
  if (input.kind === "fock") return false;
  const states =
    input.kind === "annotated"
      ? [input.state]
      : input.mixture.flatMap(({ vector }) => vector.map(({ state }) => state));
  return states.some((state) => state.flat().some(({ polarization }) => polarization !== undefined));
}

/** How many photons enter; those of its first state for a mixture. */
export function photonsOf(input: Input): number {
  if (input.kind === "fock") return photonsIn(input.state);
  const state = input.kind === "annotated" ? input.state : input.mixture[0]!.vector[0]!.state;
  return state.flat().length;
}

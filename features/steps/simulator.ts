import assert from "node:assert/strict";
import {
  beamSplitter,
  circuit,
  type Experiment,
  type ExperimentRequest,
  experiment,
  Job,
  Platform,
  parseFockState,
  phaseShifter,
} from "@corbenic/sdk";
import { Then, When } from "@cucumber/cucumber";
import { remember } from "./jobs.ts";
import type { Stage } from "./world.ts";

/** Sends an experiment to the simulator and waits for what it gives. */
async function run(
  stage: Stage,
  user: string,
  what: Experiment,
  request: ExperimentRequest = {},
): Promise<void> {
  const simulator = await Platform.open(stage.context, stage.user(user), stage.parameters.simulator);
  const job = await simulator.submit(what, request);
  remember(stage, "the experiment", job);
  stage.results.push(await job.wait());
}

const splitter = () => circuit(2).add(0, beamSplitter());

/** Two balanced beam splitters, and a phase in the first of the two ways between them. */
const machZehnder = (phase: number | string) =>
  circuit(2).add(0, beamSplitter()).add(0, phaseShifter(phase)).add(0, beamSplitter());

When("{string} submits a job with nothing set", async function (this: Stage, user: string) {
  const job = new Job();
  job.platformName = this.parameters.simulator;
  await job.create(this.context, this.user(user));
  remember(this, "the job", job);
});

When("{string} waits for it", async function (this: Stage, _user: string) {
  this.results.push(await this.job("the job").wait());
});

When("{string} sends {state} through a beam splitter", function (this: Stage, user: string, input: string) {
  return run(this, user, experiment(splitter(), { input: parseFockState(input) }));
});

When(
  "{string} sends {state} through a beam splitter, from a source of indistinguishability {float}",
  function (this: Stage, user: string, input: string, indistinguishability: number) {
    const noise = { indistinguishability };
    return run(this, user, experiment(splitter(), { input: parseFockState(input), noise }));
  },
);

When(
  "{string} sends {state} through a Mach-Zehnder interferometer of phase {float}",
  function (this: Stage, user: string, input: string, phase: number) {
    return run(this, user, experiment(machZehnder(phase), { input: parseFockState(input) }));
  },
);

When(
  "{string} sends {state} through a Mach-Zehnder interferometer of the phases {string}",
  function (this: Stage, user: string, input: string, phases: string) {
    const iterations = phases
      .split(", ")
      .map((phase) => ({ circuitParameters: new Map([["phi", Number(phase)]]) }));
    return run(this, user, experiment(machZehnder("phi"), { input: parseFockState(input) }), { iterations });
  },
);

When(
  "{string} sends {state} through two beam splitters, keeping one photon in the first mode",
  function (this: Stage, user: string, input: string) {
    const mixer = circuit(3).add(0, beamSplitter()).add(1, beamSplitter());
    return run(this, user, experiment(mixer, { input: parseFockState(input), postSelection: "[0]==1" }));
  },
);

When(
  "{string} takes {int} samples of {state} through a beam splitter",
  function (this: Stage, user: string, maxSamples: number, input: string) {
    const request = { command: "samples", maxSamples, maxShots: 1_000_000 } as const;
    return run(this, user, experiment(splitter(), { input: parseFockState(input) }), request);
  },
);

When(
  "{string} takes {int} samples of {state} through a beam splitter with the seed {int}",
  function (this: Stage, user: string, maxSamples: number, input: string, seed: number) {
    const request = { command: "samples", maxSamples, maxShots: 1_000_000, seed } as const;
    return run(this, user, experiment(splitter(), { input: parseFockState(input) }), request);
  },
);

/** Far above rounding, and far below what any of the scenarios tells apart. */
const tolerance = 1e-9;

function assertClose(found: number, wanted: number): void {
  assert.ok(Math.abs(found - wanted) < tolerance, `${found} is not ${wanted}`);
}

Then("the probability of {state} is {float}", function (this: Stage, state: string, probability: number) {
  assertClose(this.lastResults.distribution.probabilityOf(state), probability);
});

Then("the probabilities of {state} are {string}", function (this: Stage, state: string, list: string) {
  const wanted = list.split(", ").map(Number);
  const found = this.lastResults.runs.map(({ distribution }) => distribution.probabilityOf(state));
  assert.equal(found.length, wanted.length);
  for (const [i, probability] of wanted.entries()) assertClose(found[i]!, probability);
});

Then(
  "there are {int} samples, each {state} or {state}",
  function (this: Stage, count: number, one: string, other: string) {
    const { samples = [] } = this.lastResults;
    assert.equal(samples.length, count);
    assert.deepEqual([...new Set(samples)].sort(), [one, other].sort());
  },
);

Then("both times the samples are the same", function (this: Stage) {
  const [first, second] = this.results.slice(-2).map(({ samples }) => samples);
  assert.ok(first !== undefined && first.length > 0);
  assert.deepEqual(first, second);
});

Then("every state of the result has one photon in the first mode", function (this: Stage) {
  const outcomes = this.lastResults.distribution.ranked();
  assert.ok(outcomes.length > 1);
  for (const { state } of outcomes) assert.equal(state[0], 1);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noNoise } from "../../src/model/index.ts";
import { noisySourceOutput } from "../../src/reference/noisy-source.ts";
import { distinguishableOutput } from "../../src/reference/output-probabilities.ts";
import { modesOfPhotons } from "../../src/reference/states.ts";
import {
  expectSame,
  experimentOf,
  interferometers,
  matrix,
  noises,
  on,
  probabilities,
  splitter,
  value,
} from "./experiment.ts";

describe("an imperfect source", () => {
  test("gives what the list of everything that may happen gives", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(3, 2), noises, async ({ u, state }, noise) => {
        const experiment = experimentOf(u.rows, [on(0, matrix(u))], state, { noise });
        expectSame(await probabilities(experiment), noisySourceOutput(u, state, noise), 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test("of three photons in a mode or in several gives what the list gives", async () => {
    const noise = { ...noNoise, indistinguishability: 0.7, g2: 0.1, transmittance: 0.6, brightness: 0.9 };
    await fc.assert(
      fc.asyncProperty(interferometers(3, 3), fc.boolean(), async ({ u, state }, g2Distinguishable) => {
        const noisy = { ...noise, g2Distinguishable };
        const experiment = experimentOf(u.rows, [on(0, matrix(u))], state, { noise: noisy });
        expectSame(await probabilities(experiment), noisySourceOutput(u, state, noisy), 1e-10);
      }),
      { numRuns: 15 },
    );
  });

  test("of no indistinguishability gives photons that go their own ways", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(4, 4), async ({ u, state }) => {
        const noise = { ...noNoise, indistinguishability: 0 };
        const output = await probabilities(experimentOf(u.rows, [on(0, matrix(u))], state, { noise }));
        expectSame(output, distinguishableOutput(u, modesOfPhotons(state)));
      }),
      { numRuns: 30 },
    );
  });

  test.each([true, false])(
    "tends to one of single photons as g2 tends to 0 (distinguishable: %s)",
    async (g2Distinguishable) => {
      await fc.assert(
        fc.asyncProperty(interferometers(4, 3), async ({ u, state }) => {
          const at = (g2: number) =>
            probabilities(
              experimentOf(u.rows, [on(0, matrix(u))], state, {
                noise: { ...noNoise, g2, g2Distinguishable, indistinguishability: 0.8, transmittance: 0.9 },
              }),
            );
          const single = await at(0);
          for (const g2 of [1e-4, 1e-8, 1e-12, 1e-16]) expectSame(await at(g2), single, 4 * g2 + 1e-12);
        }),
        { numRuns: 10 },
      );
    },
  );

  test("has the brightness and the g2 that it is given", async () => {
    const pairs = fc.tuple(
      fc.double({ min: 0.05, max: 1, noNaN: true }),
      fc.double({ min: 0.001, max: 0.49, noNaN: true }),
    );
    await fc.assert(
      fc.asyncProperty(pairs, async ([brightness, g2]) => {
        const output = await probabilities(
          experimentOf(1, [], [1], { noise: { ...noNoise, brightness, g2 } }),
        );
        const [one, two] = [output.get("1") ?? 0, output.get("2") ?? 0];
        expect(one + two).toBeCloseTo(brightness, 12);
        expect((2 * two) / (one + 2 * two) ** 2).toBeCloseTo(g2, 10);
      }),
    );
  });
});

describe("two photons on a balanced beam splitter", () => {
  test("part with the probability (1 − I) / 2", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, noNaN: true }), async (indistinguishability) => {
        const noise = { ...noNoise, indistinguishability };
        const output = await probabilities(experimentOf(2, [on(0, splitter())], [1, 1], { noise }));
        expect(output.get("1,1") ?? 0).toBeCloseTo((1 - indistinguishability) / 2, 12);
      }),
    );
  });
});

describe("loss", () => {
  const eta = fc.double({ min: 0, max: 1, noNaN: true });

  test("in a channel before the circuit, or after it, is what the source's transmittance is", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(4, 3), eta, async ({ u, state }, transmittance) => {
        const channels = state.map((_, mode) =>
          on(mode, { kind: "loss-channel", loss: value(1 - transmittance) }),
        );
        const circuit = on(0, matrix(u));
        const noise = { ...noNoise, transmittance };
        const wanted = await probabilities(experimentOf(u.rows, [circuit], state, { noise }));
        expectSame(await probabilities(experimentOf(u.rows, [...channels, circuit], state)), wanted);
        expectSame(await probabilities(experimentOf(u.rows, [circuit, ...channels], state)), wanted);
      }),
      { numRuns: 25 },
    );
  });

  test("in a detector is what loss before it is", async () => {
    await fc.assert(
      fc.asyncProperty(interferometers(4, 3), eta, async ({ u, state }, efficiency) => {
        fc.pre(efficiency > 0);
        const circuit = on(0, matrix(u));
        const channel = on(0, { kind: "loss-channel", loss: value(1 - efficiency) });
        const detectors = new Map([[0, { kind: "wires", name: "", efficiency } as const]]);
        expectSame(
          await probabilities(experimentOf(u.rows, [circuit], state, { detectors })),
          await probabilities(experimentOf(u.rows, [circuit, channel], state)),
        );
      }),
      { numRuns: 25 },
    );
  });
});

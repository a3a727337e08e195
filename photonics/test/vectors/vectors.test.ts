import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkVector, type Verdict } from "./check-vector.ts";
import { readVectors } from "./vector.ts";

const titles: Record<Verdict["check"], string> = {
  exact: "probabilities and performances",
  sampled: "samples follow the distribution",
  stochastic: "the mean over many drawn circuits",
};

for (const folder of ["vectors", "neighbours"]) {
  for (const [group, vectors] of readVectors(join(import.meta.dirname, "../../fixtures", folder))) {
    describe(`${folder} of ${group}`, () => {
      test.each(vectors)("$name", async (vector) => {
        const verdict = await checkVector(vector);
        expect(verdict.failure, titles[verdict.check]).toBeUndefined();
      });
    });
  }
}

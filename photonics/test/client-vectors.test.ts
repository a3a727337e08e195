import { describe, expect, test } from "vitest";
import { decodePayload, encodePayload } from "../src/perceval/index.ts";
import { vectorsOf, vectorVersions } from "./client-vectors.ts";

for (const version of vectorVersions) {
  const vectors = vectorsOf(version);

  describe(`each of the ${vectors.length} payloads that Perceval ${version} posts`, () => {
    test.each(vectors)("$name is read, and written again without loss", ({ request }) => {
      const job = decodePayload(request.payload);
      const again = encodePayload(job);
      expect(decodePayload(JSON.parse(JSON.stringify(again)))).toStrictEqual(job);
      expect(again.job_context).toEqual(request.payload.job_context);
    });
  });
}

test("the payloads are of three generations of clients, and at least 207", () => {
  expect(vectorVersions).toEqual(expect.arrayContaining(["0.7.3", "0.12.2", "1.1.1"]));
  expect(vectorVersions.flatMap(vectorsOf).length).toBeGreaterThanOrEqual(207);
});

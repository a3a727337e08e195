import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodePayload, encodePayload } from "./index.ts";

interface Vector {
  readonly name: string;
  readonly request: { readonly payload: { readonly job_context: unknown } };
}

const folder = join(import.meta.dirname, "../../fixtures/vectors");

for (const version of readdirSync(folder)) {
  const vectors: Vector[] = readdirSync(join(folder, version)).map((file) =>
    JSON.parse(readFileSync(join(folder, version, file), "utf8")),
  );

  describe(`each of the ${vectors.length} payloads that Perceval ${version} posts`, () => {
    test.each(vectors)("$name is read, and written again without loss", ({ request }) => {
      const job = decodePayload(request.payload);
      const again = encodePayload(job);
      expect(decodePayload(JSON.parse(JSON.stringify(again)))).toStrictEqual(job);
      expect(again.job_context).toEqual(request.payload.job_context);
    });
  });
}

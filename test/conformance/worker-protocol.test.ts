import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as protocol from "@corbenic/protocol";
import { expect, test } from "vitest";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/worker-protocol.md"), "utf8");

interface Described {
  readonly method: string;
  readonly path: string;
  readonly callers: unknown;
  readonly body?: {
    readonly properties?: object;
    readonly anyOf?: readonly { readonly properties: object }[];
  };
}

const endpoints = Object.values(protocol).filter(
  (exported): exported is typeof exported & Described =>
    typeof exported === "object" && exported !== null && "operationId" in exported,
);
const ofWorkers = endpoints.filter(
  ({ callers }) => Array.isArray(callers) && (callers as string[]).includes("worker"),
);

const named = [...page.matchAll(/\b(GET|POST|PATCH) (\/admin\/[a-z/{}]+)/g)].map(
  ([, method, path]) => `${method} ${path}`,
);

test("the page of the worker protocol names operations that are there, for workers", () => {
  const there = ofWorkers.map(({ method, path }) => `${method} ${path}`);
  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((each) => !there.includes(each))).toEqual([]);
});

test("the page of the worker protocol leaves out no operation with a job", () => {
  const withJobs = ofWorkers.filter(({ path }) => path.startsWith("/admin/job"));
  const missing = withJobs.filter(({ method, path }) => !named.includes(`${method} ${path}`));
  expect(missing.map(({ path }) => path)).toEqual([]);
});

test("the page of the worker protocol names every field of its reports, and refusals that are there", () => {
  for (const { path, body } of ofWorkers.filter((each) => each.path.startsWith("/admin/job"))) {
    const shapes = body === undefined ? [] : (body.anyOf ?? [body]);
    const fields = shapes.flatMap(({ properties }) => Object.keys(properties ?? {}));
    expect(
      fields.filter((field) => !page.includes(`\`${field}\``)),
      path,
    ).toEqual([]);
  }
  const codes = [...page.matchAll(/^\| [0-9, ]+ `([a-z_]+)`/gm)].map(([, code]) => code!);
  expect(codes.length).toBeGreaterThan(3);
  expect(codes.filter((code) => !protocol.isProblemCode(code))).toEqual([]);
});

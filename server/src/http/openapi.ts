import { type Endpoint, type ProblemCode, problems } from "@corbenic/protocol";
import type { FastifySchema } from "fastify";

/** What every refusal on the client-facing paths looks like. */
const refusal = {
  type: "object",
  required: ["error", "code", "detail", "request_id"],
  properties: {
    error: { type: "string", description: "What was refused and why, as a sentence." },
    code: { type: "string", description: "The stable code of the problem." },
    detail: { type: "object", additionalProperties: true },
    request_id: { type: "string" },
  },
};

/** RFC 9457, with our code and request id as its extension members. */
const problemDetails = {
  type: "object",
  required: ["type", "title", "status", "code", "request_id"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    code: { type: "string" },
    detail: { type: "object", additionalProperties: true },
    request_id: { type: "string" },
  },
};

/** The endpoint as the schema by which Fastify validates requests, serializes answers and documents both. */
export function schemaOf(endpoint: Endpoint): FastifySchema {
  const codes: ProblemCode[] = [...endpoint.problems];
  if (endpoint.callers !== "anyone") codes.push("not_authenticated", "not_allowed");
  if (endpoint.params !== undefined || endpoint.query !== undefined || endpoint.body !== undefined) {
    codes.push("invalid_request");
  }
  const shape = endpoint.problemFormat === "perceval" ? refusal : problemDetails;
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(endpoint.params === undefined ? {} : { params: endpoint.params }),
    ...(endpoint.query === undefined ? {} : { querystring: endpoint.query }),
    ...(endpoint.body === undefined ? {} : { body: endpoint.body }),
    security: endpoint.callers === "anyone" ? [] : [{ bearer: [] }],
    response: {
      200: { description: "Done.", ...endpoint.response },
      ...(endpoint.emptyStatus === undefined ? {} : { 204: { description: "Nothing.", type: "null" } }),
      ...refusals(codes, shape),
    },
  } as FastifySchema;
}

/** One response for each status, naming the codes that come with it. */
function refusals(codes: readonly ProblemCode[], shape: object): Record<number, object> {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of new Set(codes)) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [status, { description: list.map(describe).join(" "), ...shape }]),
  );
}

function describe(code: ProblemCode): string {
  return `\`${code}\`: ${problems[code].remedy}`;
}

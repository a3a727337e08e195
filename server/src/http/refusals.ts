import { type Endpoint, type ProblemCode, problems } from "@corbenic/protocol";
import { bodyOfProblem, mediaTypeOf } from "./problem-reply.ts";

const requestId = "0f8c1f0a-6a43-4f43-9d53-2c1d0f6f7a10";

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
  required: ["type", "title", "status", "code", "detail", "request_id"],
  properties: {
    type: { type: "string", description: "Where the problem is explained." },
    title: { type: "string", description: "What was refused and why, as a sentence." },
    status: { type: "integer" },
    code: { type: "string", description: "The stable code of the problem." },
    detail: { type: "object", additionalProperties: true },
    request_id: { type: "string" },
  },
};

/** The codes with which an endpoint may refuse: its own, and those that what it reads and who may call it bring. */
export function codesOf(endpoint: Endpoint): ProblemCode[] {
  const codes = new Set<ProblemCode>(endpoint.problems);
  if (endpoint.callers !== "anyone") codes.add("not_authenticated").add("not_allowed");
  if (endpoint.callers !== "anyone" && endpoint.method !== "GET") codes.add("token_read_only");
  if (endpoint.recentLogin) codes.add("login_not_recent");
  if (endpoint.params !== undefined || endpoint.query !== undefined) codes.add("invalid_request");
  if (endpoint.method !== "GET")
    codes.add("invalid_request").add("body_too_large").add("unsupported_media_type");
  return [...codes];
}

/** One response for each status, with an example for each code that comes with it. */
export function describeRefusals(endpoint: Endpoint): Record<number, object> {
  const format = endpoint.problemFormat ?? "problem+json";
  const schema = format === "perceval" ? refusal : problemDetails;
  const byStatus = Map.groupBy<number, ProblemCode>(codesOf(endpoint), (code) => problems[code].status);
  if (endpoint.misfitStatus !== undefined) {
    const others = byStatus.get(endpoint.misfitStatus) ?? [];
    byStatus.set(endpoint.misfitStatus, ["invalid_request", ...others]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      status,
      {
        description: codes
          .map((code) => `[\`${code}\`](/problems#${code}): ${problems[code].remedy}`)
          .join(" "),
        content: {
          [mediaTypeOf(format)]: { schema, examples: Object.fromEntries(codes.map(exampleIn(format))) },
        },
      },
    ]),
  );
}

const exampleIn =
  (format: NonNullable<Endpoint["problemFormat"]>) =>
  (code: ProblemCode): [string, object] => {
    const { status } = problems[code];
    const message = "What was refused and why, in a sentence.";
    const value = bodyOfProblem({ code, message, status, detail: {} }, format, requestId);
    return [code, { summary: code, value }];
  };

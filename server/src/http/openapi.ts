import type { Endpoint } from "@corbenic/protocol";
import type { FastifySchema } from "fastify";
import { describeRefusals } from "./refusals.ts";

const mediaTypes = { json: "application/json", form: "application/x-www-form-urlencoded" };

/** The endpoint as the schema by which Fastify validates requests, serializes answers and documents both. */
export function schemaOf(endpoint: Endpoint): FastifySchema {
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    tags: [endpoint.tag],
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    ...(endpoint.deprecated === undefined ? {} : { deprecated: endpoint.deprecated }),
    ...(endpoint.params === undefined ? {} : { params: endpoint.params }),
    ...(endpoint.query === undefined ? {} : { querystring: endpoint.query }),
    ...(endpoint.headers === undefined ? {} : { headers: endpoint.headers }),
    ...(endpoint.body === undefined ? {} : { body: endpoint.body }),
    ...(endpoint.bodyForms === undefined
      ? {}
      : { consumes: endpoint.bodyForms.map((form) => mediaTypes[form]) }),
    // Which kinds of principal may call, for programs that read the document.
    "x-callers": endpoint.callers,
    security: endpoint.callers === "anyone" ? [] : [{ bearer: [] }],
    response: {
      200: answerOf(endpoint),
      ...(endpoint.emptyStatus === undefined ? {} : { 204: { description: "Nothing.", type: "null" } }),
      ...describeRefusals(endpoint),
    },
  } as FastifySchema;
}

function answerOf({ response, stream }: Endpoint): object {
  return stream === true
    ? { description: "Events, one after another.", content: { "text/event-stream": { schema: response } } }
    : { description: "Done.", ...response };
}

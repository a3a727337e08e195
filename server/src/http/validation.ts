import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { FastifyRouteSchemaDef, FastifySchema, FastifyValidationResult } from "fastify/types/schema.js";

/** Bodies are JSON and are taken as they are; what stands in a URL is text, and is read as what its schema asks. */
const strict = withFormats(new Ajv2020({ allErrors: true, strict: false }));
const coercing = withFormats(
  new Ajv2020({ allErrors: true, strict: false, coerceTypes: true, useDefaults: true }),
);

export function validatorFor({
  schema,
  httpPart,
}: FastifyRouteSchemaDef<FastifySchema>): FastifyValidationResult {
  return (httpPart === "body" ? strict : coercing).compile(schema) as FastifyValidationResult;
}

function withFormats(ajv: Ajv2020): Ajv2020 {
  addFormats.default(ajv);
  return ajv;
}

import { Problem } from "@corbenic/protocol";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Answers an error in the endpoint's format. What was not expected is logged, and never shown. */
export function replyWithProblem(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = asProblem(error);
  if (problem.code === "internal_error") request.log.error(error);
  const retryAfterS = problem.detail.retry_after_s;
  if (typeof retryAfterS === "number") reply.header("retry-after", String(Math.ceil(retryAfterS)));
  if (problem.code === "not_authenticated") reply.header("www-authenticate", "Bearer");
  const { code, message, detail, status } = problem;
  if (request.routeOptions.config.problemFormat === "perceval" || !request.routeOptions.url) {
    reply.code(status).send({ error: message, code, detail, request_id: request.id });
    return;
  }
  reply
    .code(status)
    .header("content-type", "application/problem+json")
    .send({
      type: `/reference#problem-${code}`,
      title: message,
      status,
      code,
      detail,
      request_id: request.id,
    });
}

export function replyNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const message = `There is no ${request.method} ${request.url.split("?")[0]} here.`;
  replyWithProblem(new Problem("route_not_found", message), request, reply);
}

function asProblem(error: FastifyError | Problem): Problem {
  if (error instanceof Problem) return error;
  if (error.validation !== undefined) {
    const where = error.validationContext ?? "request";
    const fields = error.validation.map(({ instancePath, message }) => ({
      path: `${where}${instancePath}`,
      reason: message ?? "is not valid",
    }));
    const sentence = fields.map(({ path, reason }) => `${path} ${reason}`).join("; ");
    return new Problem("invalid_request", `The request does not fit: ${sentence}.`, { detail: { fields } });
  }
  if (error.statusCode === 413)
    return new Problem("body_too_large", "The body is larger than this server accepts.");
  if (error.statusCode === 415)
    return new Problem("unsupported_media_type", "The body is not of a type this server reads.");
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new Problem("invalid_request", `The request cannot be read: ${error.message}.`);
  }
  return new Problem("internal_error", "The server failed on this request.", { cause: error });
}

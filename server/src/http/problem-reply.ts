import type { Socket } from "node:net";
import { type Endpoint, Problem } from "@corbenic/protocol";
import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";

/** Answers an error in the endpoint's format. What was not expected is logged, and never shown. */
export function replyWithProblem(
  error: FastifyError | Problem,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = asProblem(error);
  if (problem.code === "internal_error") request.log.error(error);
  else if (isDataError(error)) request.log.warn(error);
  const retryAfterS = problem.detail.retry_after_s;
  if (typeof retryAfterS === "number") reply.header("retry-after", String(Math.ceil(retryAfterS)));
  if (problem.code === "not_authenticated") reply.header("www-authenticate", "Bearer");
  // What is answered where no endpoint is, is for clients of any kind.
  const format = request.routeOptions.config.problemFormat ?? "perceval";
  const { misfitStatus } = request.routeOptions.config;
  const status = misfitStatus !== undefined && isMisfit(error) ? misfitStatus : problem.status;
  reply
    .code(status)
    .header("content-type", mediaTypeOf(format))
    .send(bodyOfProblem(problem, format, request.id));
}

/** Whether a query or a body did not fit its schema. A path that does not fit names nothing. */
function isMisfit(error: FastifyError | Problem): boolean {
  return "validation" in error && error.validation !== undefined && error.validationContext !== "params";
}

type Format = NonNullable<Endpoint["problemFormat"]>;

export function mediaTypeOf(format: Format): string {
  return format === "perceval" ? "application/json" : "application/problem+json";
}

/** The problem as it is answered. */
export function bodyOfProblem(
  { code, message, status, detail }: Pick<Problem, "code" | "message" | "status" | "detail">,
  format: Format,
  requestId: string,
): object {
  const rest = { code, detail, request_id: requestId };
  return format === "perceval"
    ? { error: message, ...rest }
    : { type: `/problems#${code}`, title: message, status, ...rest };
}

export function replyNotFound(request: FastifyRequest, reply: FastifyReply): void {
  const message = `There is no ${request.method} ${request.url.split("?")[0]!.slice(0, 255)} here.`;
  replyWithProblem(new Problem("route_not_found", message), request, reply);
}

/** Answers a path that no route is looked up for: one that cannot be decoded, or with a part too long for any name. */
export function replyToBadPath(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error.code === "FST_ERR_MAX_PARAM_LENGTH") replyNotFound(request, reply);
  else replyWithProblem(new Problem("invalid_request", "The path cannot be decoded."), request, reply);
}

/** Answers what is no HTTP, or too much of it, before there is a request: the connection cannot be used any more. */
export function replyToBadHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = httpRefusals[error.code ?? ""] ?? ["400 Bad Request", "This is not HTTP."];
  const problem = { code: "invalid_request", message, status: 400, detail: {} } as const;
  const body = JSON.stringify(bodyOfProblem(problem, "perceval", crypto.randomUUID()));
  const headers = [
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
}

const httpRefusals: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    "431 Request Header Fields Too Large",
    "The headers are larger than this server reads.",
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["408 Request Timeout", "The request did not arrive in time."],
};

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
  if (isDataError(error)) {
    return new Problem("invalid_request", "The request has a value in it that cannot be stored.", {
      cause: error,
    });
  }
  return new Problem("internal_error", "The server failed on this request.", { cause: error });
}

/**
 * Whether the database refused a value that came with the request, such as text with a NUL in it (class 22 of its
 * error codes). Handlers check what they know of; this is for what they do not.
 */
function isDataError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^22\w{3}$/.test(String(error.code));
}

import type { FastifyInstance } from "fastify";

/** Lets the routes of this scope read bodies as HTML forms and older clients send them, each field as text. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
  );
}

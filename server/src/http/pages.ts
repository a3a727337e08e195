import files from "@fastify/static";
import reference from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

/** What people open in a browser: the console at `/`, the API reference, and the document it is made from. */
export async function pages(
  app: FastifyInstance,
  options: { consoleDirectory: string | null },
): Promise<void> {
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  await app.register(reference, {
    routePrefix: "/reference",
    configuration: { url: "/openapi.json", withDefaultFonts: false, telemetry: false },
  });
  if (options.consoleDirectory !== null) {
    await app.register(files, { root: options.consoleDirectory, prefix: "/", schemaHide: true });
  }
}

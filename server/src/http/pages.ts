import files from "@fastify/static";
import reference from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";

/** The reference page as it works offline: everything that would call its makers' services is off. */
const referenceConfiguration = {
  url: "/openapi.json",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: "never",
  hideClientButton: true,
  authentication: { preferredSecurityScheme: "bearer" },
} as const;

/** What people open in a browser: the console at `/`, the API reference, and the document it is made from. */
export async function pages(
  app: FastifyInstance,
  options: { consoleDirectory: string | null },
): Promise<void> {
  app.get("/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  await app.register(reference, {
    routePrefix: "/reference",
    configuration: referenceConfiguration,
  });
  if (options.consoleDirectory !== null) {
    await app.register(files, { root: options.consoleDirectory, prefix: "/", schemaHide: true });
  }
}

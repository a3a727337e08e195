import reference from "@scalar/fastify-api-reference";
import type { FastifyInstance } from "fastify";
import { consolePages } from "./console-pages.ts";
import { problemPage } from "./problem-page.ts";

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

/**
 * What people open in a browser: the console at `/`, the API reference, and the document it is made from. Without a
 * console, `/` says where those are.
 */
export async function pages(
  app: FastifyInstance,
  options: { readonly consoleDirectory: string | null; readonly version: string },
): Promise<void> {
  const hidden = { schema: { hide: true } };
  app.get("/openapi.json", hidden, async () => app.swagger());
  app.get("/qt-openapi.json", hidden, async () => toolboxDocument(options.version));
  app.get("/problems", hidden, async (_, reply) =>
    reply.type("text/html; charset=utf-8").send(problemPage()),
  );
  await app.register(reference, {
    routePrefix: "/reference",
    configuration: referenceConfiguration,
  });
  if (options.consoleDirectory === null) {
    app.get("/", hidden, async () => ({
      name: "Corbenic",
      version: options.version,
      openapi: "/openapi.json",
      reference: "/reference/",
      health: "/health",
    }));
  } else {
    await app.register(consolePages, { directory: options.consoleDirectory });
  }
}

/** Clients of the public contract look for the toolbox applications here. */
function toolboxDocument(version: string): object {
  const description =
    "The toolbox applications are not built in this cloud: it has none of their operations.";
  return { openapi: "3.1.0", info: { title: "Corbenic toolbox", version, description }, paths: {} };
}

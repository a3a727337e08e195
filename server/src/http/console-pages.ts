import files from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";

/**
 * What the console's pages may do: run the scripts and styles that are served with them, and talk to this server.
 * Markup made from text is refused by the browser itself.
 */
const headers = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "x-content-type-options": "nosniff",
} as const;

/** Files that the build names by their content: what has changed has another name. */
const neverChanges = "public, max-age=31536000, immutable";

/** The built console. Every path that a person may open, and that is nothing else, is one of its pages. */
export async function consolePages(
  app: FastifyInstance,
  { directory }: { readonly directory: string },
): Promise<void> {
  await app.register(files, {
    root: directory,
    prefix: "/",
    schemaHide: true,
    wildcard: false,
    cacheControl: false,
    setHeaders(reply, path) {
      for (const [name, value] of Object.entries(headers)) reply.header(name, value);
      reply.header("cache-control", path.includes("/assets/") ? neverChanges : "no-cache");
    },
  });
  app.get("/*", { schema: { hide: true } }, (request, reply) =>
    isPage(request) ? reply.sendFile("index.html") : reply.callNotFound(),
  );
}

function isPage({ url, headers: { accept } }: FastifyRequest): boolean {
  return accept?.includes("text/html") === true && !/^\/(api|admin|assets)\//.test(url);
}

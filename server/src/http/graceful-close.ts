import type { FastifyInstance } from "fastify";

/**
 * Prepares the application to be closed without cutting off an answer.
 * @returns closes it: stops listening, lets the requests that are under way be answered within the grace, and
 *   drops every connection that has none. Clients keep theirs open for minutes, some before they ask anything.
 */
export function prepareGracefulClose(app: FastifyInstance, graceMs: number): () => Promise<void> {
  let underWay = 0;
  let closing = false;
  const dropIfDone = () => {
    if (closing && underWay === 0) app.server.closeAllConnections();
  };
  app.server.on("request", (_request, response) => {
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
      dropIfDone();
    });
  });
  return async () => {
    // A connection may still arrive until the listening has stopped.
    const sweep = setInterval(dropIfDone, 50);
    const late = setTimeout(() => app.server.closeAllConnections(), graceMs);
    const closed = app.close();
    closing = true;
    dropIfDone();
    await closed;
    clearInterval(sweep);
    clearTimeout(late);
  };
}

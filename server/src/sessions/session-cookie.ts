import type { FastifyRequest } from "fastify";

/** What the console says in each of its requests. No other site can: browsers ask the server first, which never agrees. */
const consoleHeader = "x-corbenic-console";

/**
 * The cookie's name. Over TLS the prefix binds it to this very host. Without, as on one's own machine, it carries the
 * port: cookies are shared by all ports of a host.
 */
function cookieName({ protocol, port }: FastifyRequest): string {
  return protocol === "https" ? "__Host-corbenic" : `corbenic-${port ?? 80}`;
}

/** The header that sets the cookie. */
export function sessionCookie(request: FastifyRequest, secret: string, lastsS: number): string {
  const secure = request.protocol === "https" ? "; Secure" : "";
  return `${cookieName(request)}=${secret}; Path=/; Max-Age=${lastsS}; HttpOnly; SameSite=Strict${secure}`;
}

/** The header that takes the cookie away. */
export function noSessionCookie(request: FastifyRequest): string {
  return sessionCookie(request, "", 0);
}

/** What a request is authorized with: its own header, or the cookie where the console itself sends it. */
export function authorizationOf(request: FastifyRequest): string | undefined {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined || cookie === undefined || !isOfConsole(request)) return authorization;
  const prefix = `${cookieName(request)}=`;
  const pair = cookie.split("; ").find((each) => each.startsWith(prefix));
  return pair === undefined ? undefined : `Bearer ${pair.slice(prefix.length)}`;
}

function isOfConsole({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  return headers[consoleHeader] === "1" && (site === undefined || site === "same-origin");
}

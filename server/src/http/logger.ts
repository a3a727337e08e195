import type { FastifyRequest, FastifyServerOptions } from "fastify";
import { withoutSecrets } from "../credentials/secret.ts";

type Logger = FastifyServerOptions["logger"];

/** The logger that was asked for, which writes no secret even when a client puts one into a URL. */
export function loggerOf(asked: Logger): NonNullable<Logger> {
  if (asked === undefined || asked === false) return false;
  const settings = asked === true ? {} : asked;
  return { ...settings, serializers: { ...settings.serializers, req: describeRequest } };
}

function describeRequest({ method, url, host, ip }: FastifyRequest) {
  return { method, url: withoutSecrets(url), host, remoteAddress: ip };
}

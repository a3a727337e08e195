import { Api, CloudContext, CloudError } from "@corbenic/sdk";
import type { CallInput, Endpoint, ResponseOf } from "@corbenic/sdk/endpoints";

/** Says that the console itself asks: without it the server does not count the session's cookie. */
export const consoleHeader = { "x-corbenic-console": "1" } as const;

/** The cloud that serves this page, asked as whoever has signed in. */
export const cloud = new CloudContext(location.origin, {
  fetch: (url, init) =>
    fetch(url, { ...init, headers: { ...init?.headers, ...consoleHeader }, credentials: "same-origin" }),
});

const api = new Api(cloud, "/");

/** Calls an operation of the cloud that serves this page, as whoever has signed in. @throws {CloudError} */
export function ask<const E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E>> {
  return api.call(endpoint, undefined, input);
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof CloudError && error.code === "not_authenticated";
}

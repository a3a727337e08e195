import type { History } from "./history.ts";

/** A fetch that notes what workers were answered. */
export function observedFetch(history: History): typeof fetch {
  const observe = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const response = await fetch(input, init);
    const body = await response.clone().text();
    const request = {
      method: (init?.method ?? "GET") as "GET",
      url: new URL(String(input)).pathname,
      headers: {},
      body: typeof init?.body === "string" ? init.body : undefined,
    };
    history.answered(request, { status: response.status, body });
    return response;
  };
  return observe as typeof fetch;
}

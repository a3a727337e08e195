import { Agent, request } from "node:http";

/** A client that costs as little as it can, since it shares the machine with what it measures. */
export function createHttpClient(url: string, sockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const { hostname, port } = new URL(url);

  /** @throws for any answer that is not 200 or 204 */
  function ask<T>(method: "GET" | "POST", path: string, token: string, body?: object): Promise<T> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        ...(text === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(text) }),
      };
      const asking = request({ agent, hostname, port, method, path, headers }, (response) => {
        let said = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          said += chunk;
        });
        response.on("end", () => {
          if (response.statusCode === 204) resolve(undefined as T);
          else if (response.statusCode === 200) resolve(JSON.parse(said) as T);
          else reject(new Error(`${method} ${path} answered ${response.statusCode}: ${said}`));
        });
      });
      asking.on("error", reject);
      asking.end(text);
    });
  }

  return { ask, close: () => agent.destroy() };
}

export function percentile(values: readonly number[], share: number): number {
  return (
    values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
    Number.NaN
  );
}

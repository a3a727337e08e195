import { connectWire } from "./wire-client.ts";

/** What a whole job takes: every request that user and worker make of it, in order. */
export const operations = ["submit", "fetch", "heartbeat", "status", "complete", "result"] as const;
export type Operation = (typeof operations)[number];

const submission = JSON.stringify({
  platform_name: "sim:test",
  payload: {
    command: "probs",
    circuit:
      ":PCVL:zip:eJyzCnAO87FydM4sSi7NLLFydfTM9K9wdI7MSg52DsyO9AkNCtWu9DANqMj3cg50hAPP9GwvBM+xEKgWwXPxRFELAAdTHXM=",
    input_state: ":PCVL:BasicState:|1,1>",
    job_context: null,
  },
});
const results = JSON.stringify({ results: ":PCVL:BSDistribution:{|2,0>=0.5;|0,2>=0.5}", global_perf: 1 });

export interface Lives {
  readonly url: string;
  readonly jobToken: string;
  readonly workerKeys: readonly string[];
  /** Connections, each with one request under way. */
  readonly atOnce: number;
  readonly seconds: number;
}

export interface Lived {
  readonly jobs: number;
  readonly seconds: number;
  readonly millisecondsOf: ReadonlyMap<Operation, readonly number[]>;
}

/**
 * Takes jobs through their whole lives as fast as they go: submit, fetch, two heartbeats, result, three looks at the
 * status, read the result. Nothing is simulated: this measures the cloud, not its workers.
 */
export async function liveJobs({ url, jobToken, workerKeys, atOnce, seconds }: Lives): Promise<Lived> {
  const millisecondsOf = new Map<Operation, number[]>(operations.map((operation) => [operation, []]));
  const begun = performance.now();
  let jobs = 0;

  async function live(key: string): Promise<void> {
    const wire = await connectWire(url);
    const ask = async (
      operation: Operation,
      method: "GET" | "POST",
      path: string,
      token: string,
      body?: string,
    ) => {
      const at = performance.now();
      const answer = await wire.ask(method, path, token, body);
      millisecondsOf.get(operation)!.push(performance.now() - at);
      if (answer.status !== 200 && answer.status !== 204)
        throw new Error(`${method} ${path} answered ${answer.status}: ${answer.body}`);
      return answer;
    };
    while (performance.now() - begun < seconds * 1000) {
      await ask("submit", "POST", "/api/job", jobToken, submission);
      const { status, body } = await ask("fetch", "GET", "/admin/job?wait_s=5", key);
      if (status === 204) continue;
      const { job_id: id, lease_token } = JSON.parse(body) as { job_id: string; lease_token: string };
      const beat = (progress: number) => JSON.stringify({ lease_token, progress });
      for (const progress of [0.3, 0.6])
        await ask("heartbeat", "POST", `/admin/job/${id}/heartbeat`, key, beat(progress));
      for (let look = 0; look < 2; look++) await ask("status", "GET", `/api/job/status/${id}`, jobToken);
      await ask("complete", "POST", `/admin/job/${id}/result`, key, JSON.stringify({ lease_token, results }));
      await ask("status", "GET", `/api/job/status/${id}`, jobToken);
      await ask("result", "GET", `/api/job/result/${id}`, jobToken);
      jobs += 1;
    }
    wire.close();
  }

  await Promise.all(
    Array.from({ length: atOnce }, (_, index) => live(workerKeys[index % workerKeys.length]!)),
  );
  return { jobs, seconds: (performance.now() - begun) / 1000, millisecondsOf };
}

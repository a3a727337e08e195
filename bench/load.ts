/**
 * The load of a benchmark, as a program of its own so that it does not share a thread with what it measures: keeps
 * one request under way on each of its connections. Takes a `Load` as JSON, prints a `Measured` as JSON.
 */
import { connect } from "node:net";

export interface Load {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly token?: string;
  readonly body?: string;
  readonly connections: number;
  readonly seconds: number;
  /** Seconds before anything is counted. */
  readonly warmUpSeconds: number;
}

export interface Measured {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 200. */
  readonly refused: number;
}

const load = JSON.parse(process.argv[2]!) as Load;
const { hostname, port } = new URL(load.url);
const body = load.body ?? "";
const bytes = Buffer.from(
  [
    `${load.method} ${load.path} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    ...(load.token === undefined ? [] : [`authorization: Bearer ${load.token}`]),
    ...(load.body === undefined ? [] : ["content-type: application/json"]),
    ...(load.method === "GET" ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
    "",
    body,
  ].join("\r\n"),
);
const times: number[] = [];
let refused = 0;
const countFrom = performance.now() + load.warmUpSeconds * 1000;
const until = countFrom + load.seconds * 1000;

await Promise.all(Array.from({ length: load.connections }, keepAsking));
times.sort((a, b) => a - b);
const at = (share: number) =>
  times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
const measured: Measured = {
  perSecond: times.length / load.seconds,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  refused,
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

function keepAsking(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let asked = 0;
    let said = "";
    const ask = () => {
      asked = performance.now();
      if (asked >= until) {
        socket.destroy();
        resolve();
      } else socket.write(bytes);
    };
    socket.setNoDelay(true).setEncoding("latin1").once("connect", ask).on("error", reject);
    socket.on("data", (chunk: string) => {
      said += chunk;
      const head = said.indexOf("\r\n\r\n");
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(said.slice(0, head))?.[1] ?? 0);
      if (said.length < head + 4 + length) return;
      const now = performance.now();
      if (asked >= countFrom && now <= until) {
        times.push(now - asked);
        if (!said.startsWith("HTTP/1.1 200")) refused += 1;
      }
      said = "";
      ask();
    });
  });
}

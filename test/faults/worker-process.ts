import { thisMachine } from "../../worker/src/machine.ts";
import { startWorker } from "../../worker/src/worker.ts";
import { createEchoRunner } from "./echo-runner.ts";

/**
 * A worker alone in a process that dies at a point of an operation when told to: before it sends a request, while it
 * is on the wire, or when the answer has arrived and nothing was done with it.
 */
const [wanted, times = "1"] = (process.env.CORBENIC_FAILPOINT ?? "").split(":");
let left = Number(times);
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

function reach(operation: string, point: string): void {
  if (`${operation}.${point}` !== wanted) return;
  left -= 1;
  if (left === 0) process.kill(process.pid, "SIGKILL");
}

/** Stops in the middle of a job that takes a while, which a worker then hands back. */
function leaveSoon(): void {
  setTimeout(() => void worker.stop(), 300);
}

const fatalFetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
  const { pathname } = new URL(String(input));
  const operation = pathname === "/admin/job" ? "fetch" : pathname.split("/").at(-1)!;
  reach(operation, "before_send");
  const answering = fetch(input, init);
  setImmediate(() => reach(operation, "on_the_wire"));
  const answer = await answering;
  reach(operation, "headers_heard");
  const text = await answer.text();
  reach(operation, "after_answer");
  if (operation === "fetch" && wanted?.startsWith("release.") && text.includes('"slow"')) leaveSoon();
  setTimeout(() => reach(operation, "afterwards"), 5);
  return new Response(answer.status === 204 ? null : text, { status: answer.status });
};

const worker = startWorker({
  url: process.env.CORBENIC_URL!,
  key: process.env.CORBENIC_WORKER_KEY!,
  log: silent,
  runner: createEchoRunner(2),
  spoolDirectory: process.env.SPOOL_DIRECTORY,
  machine: { ...thisMachine, fetch: fatalFetch as typeof fetch },
});
process.on("SIGTERM", () => void worker.stop());
await worker.ended;

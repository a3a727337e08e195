import { parentPort } from "node:worker_threads";

/** A thread whose process is killed by the job that asks for it; any other results in the process's id. */
parentPort?.on("message", ({ payload }: { payload: { kill: boolean } }) => {
  if (payload.kill) process.kill(process.pid, "SIGKILL");
  else parentPort?.postMessage({ kind: "completed", results: String(process.pid) });
});

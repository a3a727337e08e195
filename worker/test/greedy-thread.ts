import { parentPort } from "node:worker_threads";

/** A thread that takes all the memory it can get as soon as it is given a job. */
parentPort?.on("message", () => {
  const kept: object[] = [];
  for (let i = 0; ; i++) kept.push({ i, next: [i, i + 1, i + 2, { i }] });
});

import { DEFAULT_SPEED, perfsOfSpeed } from "@corbenic/photonics/cost";
import { call, getPlatform } from "@corbenic/protocol";
import { type RunningWorker, startWorker } from "@corbenic/worker";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LabCloud, startLabCloud } from "./lab-cloud.ts";

let lab: LabCloud;
let worker: RunningWorker;
beforeAll(async () => {
  lab = await startLabCloud({
    name: "sim:measured",
    type: "simulator",
    specs: { available_commands: ["probs"] },
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  worker = startWorker({ url: lab.url, key: lab.workerKey, log });
});
afterAll(async () => {
  await worker.stop();
  await lab.stop();
});

test("a platform shows how fast its worker simulates", async () => {
  const target = { baseUrl: lab.url, token: lab.jobToken };
  const read = async () => (await call(getPlatform, target, { params: { name: "sim:measured" } })).perfs;
  const names = Object.keys(perfsOfSpeed(DEFAULT_SPEED));
  await expect.poll(async () => Object.keys(await read()).sort(), { timeout: 20_000 }).toEqual(names.sort());
  for (const value of Object.values(await read())) expect(value).toBeGreaterThan(0);
});

import { workerData } from "node:worker_threads";
import { serveJobs } from "../serve-jobs.ts";
import type { Calibration } from "./calibration.ts";
import { asMeasured } from "./measured-job.ts";

serveJobs((job) => asMeasured(job, workerData as Calibration));

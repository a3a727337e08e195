import { serveJobs } from "../serve-jobs.ts";
import type { Calibration } from "./calibration.ts";
import { asMeasured } from "./measured-job.ts";

serveJobs((job, calibration) => asMeasured(job, calibration as Calibration));

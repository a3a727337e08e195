import { serveJobs } from "./serve-jobs.ts";

serveJobs((job) => job);

import { csvOf } from "../parts/csv.ts";
import type { ListedJob } from "./job-pages.ts";

const columns = [
  "job_id",
  "name",
  "status",
  "error_code",
  "platform_name",
  "command",
  "group_name",
  "priority",
  "shots",
  "created_at",
  "started_at",
  "ended_at",
] as const;

/** A table of jobs with the column names of the API. */
export function jobsAsCsv(jobs: readonly ListedJob[]): string {
  return csvOf([columns, ...jobs.map((job) => columns.map((column) => job[column] ?? ""))]);
}

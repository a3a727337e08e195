import {
  getJob,
  type JobSummary,
  listAllJobs,
  listJobs,
  type OwnedJobSummary,
  type QueryOf,
} from "@corbenic/protocol";
import type { Services } from "../app.ts";
import { decodeCursor, encodeCursor, keyForms } from "../http/cursor.ts";
import { type Route, route } from "../http/route.ts";
import { reachOf, requireJob } from "./job.ts";
import { recordReading } from "./job-control.ts";
import * as store from "./job-list-store.ts";
import { findJobView } from "./job-view-store.ts";
import { findQueuePlace } from "./queue-place.ts";

export function jobListRoutes({ db }: Services): Route[] {
  async function list(ownerId: store.JobFilter["ownerId"], query: QueryOf<typeof listJobs>) {
    const sort = query.sort ?? "-created";
    const by = sort.endsWith("name") ? "name" : "created";
    const forms = [by === "name" ? keyForms.text : keyForms.instant, keyForms.uuid];
    const limit = query.limit ?? 50;
    const filter = {
      ownerId,
      states: query.status?.split(","),
      platformName: query.platform_name,
      groupName: query.group_name,
      name: query.name,
      command: query.command,
      createdAfter: query.created_after,
      createdBefore: query.created_before,
      tokenId: query.token_id,
    };
    const page = {
      by,
      descending: sort.startsWith("-"),
      after: decodeCursor(query.cursor, sort, forms),
      offset: query.offset,
    } as const;
    // Counted first: what is submitted meanwhile is on the page, and known to be newer than the count.
    const counted = query.with_total ? await store.countJobs(db, filter) : {};
    // One more than asked for tells whether there is a next page.
    const rows = await store.listJobs(db, filter, { ...page, limit: limit + 1 });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const next = last && encodeCursor(sort, [by === "name" ? last.name : last.created_at, last.id]);
    return { shown, rest: { next_cursor: next ?? null, ...counted } };
  }

  return [
    route(listJobs, async ({ principal, query }) => {
      const { shown, rest } = await list(principal.userId, query);
      return { jobs: shown.map(presentSummary), ...rest };
    }),

    route(listAllJobs, async ({ query }) => {
      const { shown, rest } = await list(query.owner_id ?? null, query);
      return { jobs: shown.map(presentOwned), ...rest };
    }),

    route(getJob, async ({ principal, actor, params }) => {
      const job = requireJob(await findJobView(db, reachOf(principal), params.id), params.id);
      await recordReading(db, { principal, actor }, job);
      return {
        ...presentSummary(job),
        progress_message: job.progress_message,
        pcvl_version: job.pcvl_version,
        process_id: job.process_id,
        token_label: job.token_label,
        max_duration_s: job.max_duration_s,
        attempt: job.attempt,
        attempts_max: job.attempts_max,
        has_result: job.has_result,
        reruns: [...job.reruns],
        events: [...job.events],
        queue: job.state === "waiting" ? await findQueuePlace(db, job.id) : null,
      };
    }),
  ];
}

function presentSummary(row: store.ListedJob): JobSummary {
  return {
    job_id: row.id,
    name: row.name,
    group_name: row.group_name,
    platform_id: row.platform_id,
    platform_name: row.platform_name,
    command: row.command,
    status: row.state,
    progress: row.progress,
    status_message: row.status_message,
    error_code: row.error_code,
    priority: row.priority,
    shots: row.shots,
    token_id: row.token_id,
    rerun_from: row.parent_id,
    created_at: row.created_at,
    started_at: row.started_at,
    ended_at: row.ended_at,
  };
}

function presentOwned(row: store.ListedJob): OwnedJobSummary {
  return { ...presentSummary(row), owner_id: row.owner_id, owner_email: row.owner_email };
}

import { randomUUID } from "node:crypto";
import {
  cancelJob,
  cancelJobByOlderPath,
  cancelJobGroup,
  cancelJobs,
  getJob,
  getJobAvailability,
  getJobData,
  getJobResult,
  getJobResultByOlderPath,
  getJobStatus,
  getJobStatusByOlderPath,
  getJobUsage,
  listAllJobs,
  listJobGroups,
  listJobs,
  requeueJob,
  rerunJob,
  rerunJobByOlderPath,
  resumeJob,
  submitJob,
  submitJobByOlderPath,
  suspendJob,
} from "@corbenic/protocol";
import { payload } from "../../test-cloud.ts";
import { adminsOnly, ownOfAccounts, type Reaches, type Row, row } from "../row.ts";
import type { Side, World } from "../world.ts";

/** Every account reaches its own, and administrators who have logged in reach anybody's. */
const ownOrAdmin: Reaches = { ...ownOfAccounts, Ad: "any" };

const submission = (world: World, side: Side) => ({
  body: { platform_name: world.platform(side).name, payload },
});

const waiting = async (world: World, side: Side) => ({ params: { id: await world.job(side) } });

/** A job that has ended, with a result if it is completed. */
const ended = (state: "completed" | "error") => async (world: World, side: Side) => {
  const id = await world.job(side);
  const db = world.cloud.database.pool;
  await db.query("update jobs set state = $2, ended_at = clock_timestamp() where id = $1", [id, state]);
  await db.query(
    "insert into job_results (job_id, results, sha256, lease_hash) select id, '{}', '', '' from jobs where id = $1",
    [id],
  );
  return { params: { id } };
};

const suspended = async (world: World, side: Side) => {
  const id = await world.job(side);
  await world.cloud.database.pool.query("update jobs set state = 'suspended' where id = $1", [id]);
  return { params: { id } };
};

const grouped = async (world: World, side: Side) => {
  const group_name = randomUUID();
  await world.cloud.database.pool.query("update jobs set group_name = $2 where id = $1", [
    await world.job(side),
    group_name,
  ]);
  return { body: { group_name } };
};

export const rows: Row[] = [
  row(submitJob, ownOfAccounts, { about: submission }),
  row(submitJobByOlderPath, ownOfAccounts, { about: submission }),
  row(getJobStatus, ownOrAdmin, { about: waiting }),
  row(getJobStatusByOlderPath, ownOrAdmin, { about: waiting }),
  row(getJob, ownOrAdmin, { about: waiting }),
  row(getJobResult, ownOfAccounts, { about: ended("completed") }),
  row(getJobResultByOlderPath, ownOfAccounts, { about: ended("completed") }),
  row(getJobData, ownOfAccounts, { about: waiting }),
  row(cancelJob, ownOrAdmin, { about: waiting }),
  row(cancelJobByOlderPath, ownOrAdmin, { about: waiting }),
  // Answers for each job by itself; a test of its own compares what it says of others' with that of none.
  row(cancelJobs, ownOfAccounts, { request: () => ({ body: { job_ids: [randomUUID()] } }) }),
  row(cancelJobGroup, ownOfAccounts, { about: grouped }),
  row(rerunJob, ownOfAccounts, { about: ended("error") }),
  row(rerunJobByOlderPath, ownOfAccounts, { about: ended("error") }),
  row(listJobs, ownOfAccounts),
  row(listJobGroups, ownOfAccounts),
  row(getJobAvailability, ownOfAccounts),
  row(getJobUsage, ownOfAccounts),
  row(listAllJobs, adminsOnly),
  row(requeueJob, adminsOnly, { about: ended("error") }),
  row(suspendJob, adminsOnly, { about: waiting }),
  row(resumeJob, adminsOnly, { about: suspended }),
];

import {
  cancelJob,
  getJobAvailability,
  getJobResult,
  getJobStatus,
  rerunJob,
  submitJob,
} from "@corbenic/protocol";
import { payload } from "../../test-cloud.ts";
import { ownOfAccounts, type Row, row } from "../row.ts";
import type { Side, World } from "../world.ts";

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

export const rows: Row[] = [
  row(submitJob, ownOfAccounts, {
    about: (world, side) => ({ body: { platform_name: world.platform(side).name, payload } }),
  }),
  row(getJobStatus, ownOfAccounts, { about: waiting }),
  row(getJobResult, ownOfAccounts, { about: ended("completed") }),
  row(cancelJob, ownOfAccounts, { about: waiting }),
  row(rerunJob, ownOfAccounts, { about: ended("error") }),
  row(getJobAvailability, ownOfAccounts),
];

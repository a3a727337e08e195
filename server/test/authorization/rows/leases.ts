import { completeJob, failJob, fetchJob, releaseLease, renewLease, stageResult } from "@corbenic/protocol";
import { results } from "../../test-cloud.ts";
import { ownOfWorkers, type Row, row } from "../row.ts";
import type { Side, World } from "../world.ts";

const leased = (report: object) => async (world: World, side: Side) => {
  const { id, leaseToken } = await world.leasedJob(side);
  return { params: { id }, body: { lease_token: leaseToken, ...report } };
};

export const rows: Row[] = [
  row(fetchJob, ownOfWorkers, {
    about: (world, side) => ({ query: { platform_name: world.platform(side).name } }),
  }),
  row(renewLease, ownOfWorkers, { about: leased({ progress: 0.5 }) }),
  row(stageResult, ownOfWorkers, { about: leased({ number: 0, part: "{" }) }),
  row(completeJob, ownOfWorkers, { about: leased({ results }) }),
  row(failJob, ownOfWorkers, { about: leased({ message: "no" }) }),
  row(releaseLease, ownOfWorkers, { about: leased({}) }),
];

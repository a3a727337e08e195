import {
  bindWorkerKey,
  type CallTarget,
  call,
  createMaintenanceWindow,
  createWorkerKey,
  failJob,
  fetchJob,
  registerPlatform,
  renewLease,
  submitJob,
  updatePlatform,
} from "@corbenic/protocol";
import { mesh } from "../experiments.ts";

const dayMs = 86_400_000;
const specs = {
  available_commands: ["sample_count", "samples"],
  constraints: { max_mode_count: 20, max_photon_count: 8, min_mode_count: 1, min_photon_count: 1 },
  detector: "threshold",
  architecture: "none",
  description: "The processor in the laboratory, with a source of quantum dots.",
};

/** A platform whose worker this is: its jobs stay as they are left, running, waiting and failed. */
export interface LabQueue {
  readonly platformId: string;
  readonly workerKey: string;
}

export async function registerLab(admin: CallTarget): Promise<LabQueue> {
  const { id } = await call(registerPlatform, admin, { body: { name: "qpu:lab", type: "physical", specs } });
  await call(updatePlatform, admin, {
    params: { id },
    body: {
      visibility: "public",
      limits: { shots_max: 5_000_000, duration_s_max: 600, queue_max: 200, jobs_per_account_max: 50 },
    },
  });
  const key = await call(createWorkerKey, admin, { body: { label: "cryostat 2" } });
  await call(bindWorkerKey, admin, { params: { id: key.api_key_id }, body: { platform_ids: [id] } });
  const at = (days: number, hour: number) => {
    const date = new Date(Date.now() + days * dayMs);
    date.setHours(hour, 0, 0, 0);
    return date.toISOString();
  };
  const plan = (start: string, end: string, reason: string) =>
    call(createMaintenanceWindow, admin, { params: { id }, body: { start, end, reason } });
  await plan(at(2, 8), at(2, 12), "Calibration of the source");
  await plan(at(4, 18), at(6, 9), "New cryostat");
  await plan(at(20, 8), at(20, 12), "Calibration of the source");
  return { platformId: id, workerKey: key.api_key };
}

/** One job that failed, one that runs, and some that wait. */
export async function fillLabQueue(
  url: string,
  { workerKey }: LabQueue,
  owners: readonly CallTarget[],
): Promise<{ failed: string; running: string; waiting: string }> {
  const worker: CallTarget = { baseUrl: url, token: workerKey };
  const submit = async (index: number, job_name: string, job_group_name: string | null = null) => {
    const payload = mesh([1, 0, 1, 0, 1, 0, 1, 0], { command: "samples", samples: 5_000, thresholds: true });
    const body = { platform_name: "qpu:lab", job_name, job_group_name, pcvl_version: "1.1.1", payload };
    return (await call(submitJob, owners[index % owners.length]!, { body })).job_id;
  };
  const failed = await submit(0, "Boson sampling with 4 photons");
  const first = (await call(fetchJob, worker, { query: {} }))!;
  await call(failJob, worker, {
    params: { id: first.job_id },
    body: {
      lease_token: first.lease_token,
      message: "The source gave no photon in 60 s: it lost its excitation, and is being realigned.",
      code: "source_lost",
      retryable: false,
    },
  });
  const running = await submit(0, "Graph of 8 vertices, densest part");
  const second = (await call(fetchJob, worker, { query: {} }))!;
  await call(renewLease, worker, {
    params: { id: running },
    body: {
      lease_token: second.lease_token,
      progress: 0.58,
      progress_message: "2,913 of 5,000 samples",
    },
  });
  let waiting = "";
  for (let i = 0; i < 6; i++) {
    const id = await submit(i, `Variational step ${i + 1}`, i % 2 === 0 ? "H2 ground state" : null);
    if (i === 2) waiting = id;
  }
  return { failed, running, waiting };
}

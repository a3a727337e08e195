import {
  type CallTarget,
  call,
  cancelJob,
  createCompany,
  createUser,
  generateToken,
  listAllPlatforms,
  logIn,
  submitJob,
} from "@corbenic/protocol";
import type { RunningServer } from "@corbenic/server";
import { crossedSweep, mesh, phaseSweep, recordedPayload, wideHeraldedMesh } from "../experiments.ts";
import { spreadOverWeeks } from "./history.ts";
import { fillLabQueue, registerLab } from "./lab-queue.ts";

export interface FilledCloud {
  /** The jobs that have pages of their own. */
  readonly jobs: Readonly<
    Record<
      | "sweep"
      | "crossed"
      | "wide"
      | "probs"
      | "other"
      | "samples"
      | "nested"
      | "feedForward"
      | "failed"
      | "running"
      | "waiting",
      string
    >
  >;
}

const people = [
  ["Grace", "Ito", "Chemistry", 2],
  ["Emmy", "Okafor", "Optics", 4],
  ["Alan", "Novak", "Optics", 2],
] as const;

/** Users, companies, tokens, platforms and jobs of all kinds, run by the cloud's own workers. */
export async function fillCloud(
  server: RunningServer,
  { email, password, jobToken }: { email: string; password: string; jobToken: string },
): Promise<FilledCloud> {
  const { url } = server;
  const { token: login } = await call(logIn, { baseUrl: url }, { body: { email, password } });
  const admin: CallTarget = { baseUrl: url, token: login };
  const own: CallTarget = { baseUrl: url, token: jobToken };
  const lab = await registerLab(admin);
  const { platforms } = await call(listAllPlatforms, admin, { query: {} });
  const others = await addPeople(
    url,
    admin,
    platforms.map(({ id }) => id),
  );
  await server.database.pool.query(
    "insert into platform_permissions (user_id, platform_id) select id, $1 from users on conflict do nothing",
    [lab.platformId],
  );
  const optics = await tokenOf(admin, { label: "Notebook: interferometers", platforms: ["sim:*"] });
  await tokenOf(admin, { label: "Night runs", jobs_max: 20, shots_max: 1_000_000 });
  await tokenOf(admin, { label: "Dashboard", read_only: true });

  const submit = async (
    by: CallTarget,
    job_name: string,
    payload: Readonly<Record<string, unknown>>,
    { group = null, platform = "sim:slos" }: { group?: string | null; platform?: string } = {},
  ) => {
    const body = { platform_name: platform, job_name, job_group_name: group, pcvl_version: "1.1.1", payload };
    return (await call(submitJob, by, { body })).job_id;
  };
  const byOptics: CallTarget = { baseUrl: url, token: optics };
  for (let i = 1; i <= 12; i++) {
    await submit(i % 2 ? own : byOptics, `Scattershot ${i}`, mesh([1, 0, 1, 0, 1], { layers: 1 + (i % 5) }), {
      group: "Scattershot, 5 modes",
    });
  }
  for (const other of others) {
    for (let i = 1; i <= 3; i++)
      await submit(other, `Dimer energy, angle ${i}`, mesh([1, 1, 0, 0], { layers: i + 1 }));
  }
  for (let i = 1; i <= 3; i++) {
    const payload = mesh([1, 0, 1, 0], { command: "sample_count", samples: 100, thresholds: true });
    await submit(own, `Calibration check ${i}`, payload, { platform: "qpu:pretend", group: "Calibration" });
  }
  const jobs = {
    other: await submit(own, "Interference of 3 photons, as ordered", mesh([1, 0, 1, 0, 1, 0])),
    probs: await submit(
      own,
      "Interference of 3 photons, with losses",
      mesh([1, 0, 1, 0, 1, 0], { noisy: true }),
    ),
    samples: await submit(
      byOptics,
      "Boson sampling, 5 photons in 12 modes",
      mesh([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0], { command: "samples", samples: 5_000 }),
    ),
    nested: await submit(byOptics, "Heralded CNOT", recordedPayload("gate_heralded_cnot_1010"), {
      group: "Gates",
    }),
    feedForward: await submit(
      byOptics,
      "Teleportation with feed-forward",
      recordedPayload("ff_configurator"),
      { group: "Gates" },
    ),
    wide: await submit(own, "Heralded mesh of 24 modes", wideHeraldedMesh()),
    crossed: await submit(byOptics, "Coincidences over splitting and phase", crossedSweep(33), {
      group: "Fringes",
    }),
    sweep: await submit(byOptics, "Hong-Ou-Mandel fringe", phaseSweep(49), { group: "Fringes" }),
  };
  const canceled = await submit(own, "Typed in haste", mesh([1, 1], { command: "samples" }), {
    platform: "qpu:lab",
  });
  await call(cancelJob, own, { params: { id: canceled } });
  await untilQuiet(server);
  await spreadOverWeeks(server.database.pool);
  return { jobs: { ...jobs, ...(await fillLabQueue(url, lab, [own, ...others])) } };
}

async function addPeople(
  url: string,
  admin: CallTarget,
  platformIds: readonly string[],
): Promise<CallTarget[]> {
  const companies = new Map<string, number>();
  for (const [name, share] of [
    ["Chemistry", 1],
    ["Optics", 2.5],
  ] as const) {
    companies.set(name, (await call(createCompany, admin, { body: { name, share } })).company_id);
  }
  const targets: CallTarget[] = [];
  for (const [first_name, last_name, company, priority] of people) {
    const email = `${first_name}@example.org`.toLowerCase();
    const company_id = companies.get(company)!;
    const body = { email, first_name, last_name, company_id, priority, platform_ids: [...platformIds] };
    const { password } = await call(createUser, admin, { body });
    const { token } = await call(logIn, { baseUrl: url }, { body: { email, password: password! } });
    targets.push({ baseUrl: url, token: await tokenOf({ baseUrl: url, token }, { label: "Notebook" }) });
  }
  return targets;
}

async function tokenOf(by: CallTarget, body: { label: string } & Record<string, unknown>): Promise<string> {
  return (await call(generateToken, by, { body })).token;
}

/** Until no job waits or runs, of anybody. */
async function untilQuiet({ database }: RunningServer): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query(
      "select from jobs where state not in ('completed', 'error', 'canceled') limit 1",
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

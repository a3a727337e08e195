import { randomUUID } from "node:crypto";
import { done, type Row, refused } from "./row.ts";
import { type Stage, submissionTo } from "./stage.ts";

/** What the cloud objects do, by the object and the verb, with the operation that each calls. */

const absentId = 999_999_999;
const absentUuid = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";
const specs = { available_commands: ["probs"] };

const userFields = [
  "user_id",
  "email",
  "first_name",
  "last_name",
  "is_admin",
  "priority",
  "company_id",
  "platform_ids",
];
const newUser = () => ({
  email: `${randomUUID()}@conformance.test`,
  password: "nine small boats in the fog",
  first_name: "Ada",
  last_name: "Byron",
  priority: 2,
  is_admin: false,
});
const spareUser = async (stage: Stage) => ({ params: [await stage.spareUser()] });

const users: Row[] = [
  {
    method: "POST",
    path: "/api/users",
    name: "User.create",
    valid: done("admin", () => ({ body: newUser() }), userFields),
    invalid: refused("admin", 403, () => ({ body: { ...newUser(), is_admin: true } })),
  },
  {
    method: "GET",
    path: "/api/users/{id}",
    name: "User.read",
    valid: done("admin", ({ user }) => ({ params: [user.id] }), userFields),
    invalid: refused("admin", 404, () => ({ params: [absentId] })),
  },
  {
    method: "GET",
    path: "/api/user",
    name: "User.read (oneself)",
    valid: done("user", undefined, userFields),
    invalid: refused("token", 403),
  },
  {
    method: "PUT",
    path: "/api/users/{id}",
    name: "User.update",
    valid: done(
      "admin",
      async (stage) => ({ ...(await spareUser(stage)), body: { first_name: "Grace" } }),
      userFields,
    ),
    invalid: refused("admin", 400, async (stage) => ({ ...(await spareUser(stage)), body: { owner: 1 } })),
  },
  {
    method: "DELETE",
    path: "/api/users/{id}",
    name: "User.delete",
    valid: done("admin", spareUser, ["message"]),
    invalid: refused("admin", 403, ({ adminId }) => ({ params: [adminId] })),
  },
  {
    method: "POST",
    path: "/api/login",
    name: "User.log",
    valid: done("nobody", ({ user: { email, password } }) => ({ body: { email, password } }), ["token"]),
    invalid: refused("nobody", 401, () => ({
      body: { email: "nobody@conformance.test", password: "wrong" },
    })),
  },
  {
    method: "GET",
    path: "/api/users",
    name: "User.list_all",
    valid: done("admin", undefined, ["users"]),
    invalid: refused("user", 403),
  },
];

const credentials: Row[] = [
  {
    method: "POST",
    path: "/api/tokens",
    name: "User.create_job_token, JobToken.create",
    valid: done("user", () => ({ body: { label: randomUUID(), duration: 99_999 } }), ["token", "token_id"]),
    invalid: refused("token", 403, () => ({ body: { label: "minted by a token" } })),
  },
  {
    method: "GET",
    path: "/api/tokens/{token_id}",
    name: "JobToken.read",
    valid: done("user", async (stage) => ({ params: [(await stage.spareToken()).id] }), [
      "id",
      "label",
      "valid",
    ]),
    invalid: refused("user", 404, () => ({ params: [absentId] })),
  },
  {
    method: "POST",
    path: "/api/tokens/delete-by-ids",
    name: "JobToken.delete",
    valid: done("user", async (stage) => ({ body: { token_ids: [(await stage.spareToken()).id] } })),
    invalid: refused("user", 400, () => ({ body: { token_ids: [absentId] } })),
  },
  {
    method: "GET",
    path: "/api/tokens",
    name: "JobToken.list_all",
    valid: done("admin", () => ({ query: { all: true } }), ["id", "label", "user_id"]),
    invalid: refused("user", 403, () => ({ query: { all: true } })),
  },
  {
    method: "POST",
    path: "/admin/api-keys",
    name: "User.create_api_key, ApiKey.create",
    valid: done("admin", () => ({ body: { label: "bench", duration: 99_999 } }), ["api_key", "api_key_id"]),
    invalid: refused("user", 403, () => ({ body: { label: "bench" } })),
  },
];

const platformFields = ["id", "platform_id", "name", "type", "status", "specs", "perfs", "limits"];
const sparePlatform = async (stage: Stage) => ({ params: [await stage.sparePlatform()] });
const registration = () => ({
  name: `sim:${randomUUID()}`,
  type: "simulator",
  specs,
  worker_id: randomUUID(),
});

const platforms: Row[] = [
  {
    method: "POST",
    path: "/admin/platforms/register",
    name: "Platform.register",
    valid: done("admin", () => ({ body: registration() }), platformFields),
    invalid: refused("admin", 400, () => ({
      body: { ...registration(), specs: { available_commands: ["dance"] } },
    })),
  },
  {
    method: "GET",
    path: "/admin/platforms/{id}",
    name: "Platform.read",
    valid: done("admin", ({ platform }) => ({ params: [platform.id] }), platformFields),
    invalid: refused("admin", 404, () => ({ params: [absentUuid] })),
  },
  {
    method: "PUT",
    path: "/admin/platforms/{id}",
    name: "Platform.update",
    valid: done(
      "admin",
      async (stage) => ({ ...(await sparePlatform(stage)), body: { perfs: { HOM: 90 } } }),
      platformFields,
    ),
    invalid: refused("worker", 403, ({ platform }) => ({
      params: [platform.id],
      body: { visibility: "public" },
    })),
  },
  {
    method: "DELETE",
    path: "/admin/platforms/{id}",
    name: "Platform.delete",
    valid: done("admin", sparePlatform, ["message"]),
    invalid: refused("worker", 403, ({ platform }) => ({ params: [platform.id] })),
  },
  {
    method: "GET",
    path: "/admin/job",
    name: "Platform.fetch_job",
    valid: done(
      "worker",
      async (stage) => {
        await stage.waitingJob();
        return {};
      },
      ["job_id", "payload", "lease_token"],
    ),
    invalid: refused("admin", 403),
  },
  {
    method: "POST",
    path: "/api/platform-permissions",
    name: "Platform.assign_user",
    valid: done("admin", ({ user, platform }) => ({ body: { user_id: user.id, platform_id: platform.id } })),
    invalid: refused("user", 403, ({ user, platform }) => ({
      body: { user_id: user.id, platform_id: platform.id },
    })),
  },
  {
    method: "GET",
    path: "/admin/platforms",
    name: "Platform.list_all",
    valid: done("admin", undefined, ["platforms"]),
    invalid: refused("user", 403),
  },
];

const of = (job: "waitingJob" | "completedJob") => async (stage: Stage) => ({ params: [await stage[job]()] });

const jobs: Row[] = [
  {
    method: "POST",
    path: "/api/job",
    name: "Job.create",
    valid: done("token", ({ platform }) => ({ body: submissionTo(platform.name) }), ["job_id"]),
    invalid: refused("token", 404, () => ({ body: submissionTo("sim:nowhere") })),
  },
  {
    method: "GET",
    path: "/api/jobs/{id}",
    name: "Job.read",
    valid: done("token", of("waitingJob"), ["job_id", "status", "events"]),
    invalid: refused("token", 404, () => ({ params: [absentUuid] })),
  },
  {
    method: "POST",
    path: "/api/job/cancel/{id}",
    name: "Job.cancel",
    valid: done("token", of("waitingJob")),
    invalid: refused("token", 400, of("completedJob")),
  },
  {
    method: "GET",
    path: "/api/job/status/{id}",
    name: "Job.get_status",
    valid: done("token", of("waitingJob"), ["status"]),
    invalid: refused("worker", 403, of("waitingJob")),
  },
  {
    method: "GET",
    path: "/api/job/result/{id}",
    name: "Job.get_results",
    valid: done("token", of("completedJob"), ["results"]),
    invalid: refused("token", 400, of("waitingJob")),
  },
  {
    method: "POST",
    path: "/api/jobs/cancel",
    name: "Job.cancel_many",
    valid: done(
      "admin",
      async (stage) => ({ body: { job_ids: [await stage.waitingJob(), await stage.waitingJob()] } }),
      ["outcomes"],
    ),
    invalid: refused("admin", 400, () => ({ body: { job_ids: [] } })),
  },
  {
    method: "GET",
    path: "/admin/jobs",
    name: "Job.list_all",
    valid: done("admin", undefined, ["jobs"]),
    invalid: refused("user", 403),
  },
];

export const cloudObjects: readonly Row[] = [...users, ...credentials, ...platforms, ...jobs];

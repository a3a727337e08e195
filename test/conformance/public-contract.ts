import { done, type Exchange, type Row, refused } from "./row.ts";
import { type Stage, submissionTo } from "./stage.ts";

/** The 59 operations of the public contract that Perceval clients know, each with something to try. */

const absentJob = "3f0f1c1e-7c1b-4f43-9a53-2f1d0f6f7a10";
const absentToken = 999_999_999;

const page = (path: string, name: string): Row => ({ method: "GET", path, name, valid: done("nobody") });

// ---- Jobs

const submission = ({ platform }: Stage) => ({ body: submissionTo(platform.name) });
const undecodable = ({ platform }: Stage) => ({
  body: { ...submissionTo(platform.name), payload: { command: "probs", circuit: ":PCVL:ACircuit:AAAA" } },
});
const ofAbsentJob = () => ({ params: [absentJob] });
const of = (job: "waitingJob" | "completedJob" | "failedJob") => async (stage: Stage) => ({
  params: [await stage[job]()],
});

interface Tried {
  readonly valid: Exchange;
  readonly invalid: Exchange | readonly Exchange[];
}
const job: Readonly<Record<"submit" | "cancel" | "rerun" | "result" | "status", Tried>> = {
  submit: {
    valid: done("token", submission, ["job_id"]),
    invalid: [refused("token", 400, undecodable), refused("token", 422, () => ({ body: {} }))],
  },
  cancel: {
    valid: done("token", of("waitingJob"), ["message"]),
    invalid: refused("token", 400, of("completedJob")),
  },
  rerun: {
    valid: done("token", of("failedJob"), ["job_id"]),
    invalid: refused("token", 400, of("completedJob")),
  },
  result: {
    valid: done("token", of("completedJob"), [
      "job_id",
      "results",
      "results_type",
      "intermediate_results",
      "duration",
    ]),
    invalid: refused("token", 400, of("waitingJob")),
  },
  status: {
    valid: done("token", of("completedJob"), [
      "status",
      "progress",
      "progress_message",
      "creation_datetime",
      "start_time",
      "duration",
    ]),
    invalid: refused("token", 404, ofAbsentJob),
  },
};

const jobs: Row[] = [
  { method: "POST", path: "/api/job", name: "submit a job", ...job.submit },
  { method: "POST", path: "/api/job/cancel/{job_id}", name: "cancel a job", ...job.cancel },
  { method: "POST", path: "/api/job/rerun/{job_id}", name: "run a job again", ...job.rerun },
  { method: "GET", path: "/api/job/result/{job_id}", name: "read a result", ...job.result },
  { method: "GET", path: "/api/job/status/{job_id}", name: "read a status", ...job.status },
  { method: "POST", path: "/api/jobs", name: "submit a job", ...job.submit },
  { method: "POST", path: "/api/jobs/{job_id}/cancel", name: "cancel a job", ...job.cancel },
  { method: "POST", path: "/api/jobs/{job_id}/rerun", name: "run a job again", ...job.rerun },
  { method: "GET", path: "/api/jobs/{job_id}/result", name: "read a result", ...job.result },
  { method: "GET", path: "/api/jobs/{job_id}/status", name: "read a status", ...job.status },
  {
    method: "GET",
    path: "/api/jobs/{job_id}/data",
    name: "read what was submitted",
    valid: done("token", of("waitingJob"), [
      "command",
      "created_date",
      "duration",
      "failure_code",
      "job_id",
      "job_name",
      "payload",
      "pcvl_version",
      "platform_id",
      "platform_name",
      "process_id",
      "rerun_from",
      "shots",
      "start_time",
      "status",
      "token_id",
      "token_label",
    ]),
    invalid: refused("token", 404, ofAbsentJob),
  },
  {
    method: "GET",
    path: "/api/jobs/availability",
    name: "read the room in the queue",
    valid: done("token", undefined, [
      "max_jobs_in_queue",
      "num_jobs_in_queue",
      "max_concurrent_jobs",
      "num_concurrent_jobs",
      "max_running_qt_jobs",
      "num_running_qt_jobs",
    ]),
    invalid: refused("worker", 403),
  },
];

// ---- Tokens

const spare = async (stage: Stage) => ({ params: [(await stage.spareToken()).id] });
const ofAbsentToken = () => ({ params: [absentToken] });
const byKey = async (stage: Stage) => ({ body: { token: (await stage.spareToken()).secret } });
const revoked = async (stage: Stage) => {
  const { secret } = await stage.spareToken();
  await stage.ask("user", "POST", "/api/tokens/revoke", { token: secret });
  return { body: { token: secret } };
};
const label = () => ({ body: { label: crypto.randomUUID(), duration: 86_400, priority: 1 } });

const tokenFields = [
  "company_id",
  "company_name",
  "count",
  "created_date",
  "email",
  "expiration_date",
  "id",
  "is_apikey",
  "is_explorer_token",
  "label",
  "last_used_duration",
  "last_used_time",
  "priority",
  "token",
  "user_id",
  "user_priority",
  "valid",
];
const listedFields = [
  "count",
  "created_date",
  "expiration_date",
  "id",
  "is_revoked",
  "key",
  "label",
  "last_used_time",
  "priority",
  "user_id",
];

const token = {
  generate: {
    valid: done("user", label, ["token", "token_id", "duration"]),
    invalid: refused("user", 422, () => ({ body: { duration: -1 } })),
  },
  list: {
    valid: done(
      "user",
      () => ({ query: { limit: 10, offset: 0, include_expired: true, include_revoked: true } }),
      listedFields,
    ),
    invalid: [refused("token", 403), refused("user", 422, () => ({ query: { limit: -1 } }))],
  },
  get: { valid: done("user", spare, tokenFields), invalid: refused("user", 404, ofAbsentToken) },
  update: {
    valid: done("user", async (stage) => ({ ...(await spare(stage)), ...label() }), ["message"]),
    invalid: [
      refused("user", 404, () => ({ ...ofAbsentToken(), body: { label: "x" } })),
      refused("user", 422, async (stage) => ({ ...(await spare(stage)), body: { label: 5 } })),
    ],
  },
  revoke: {
    valid: done("user", byKey, ["message"]),
    invalid: [
      refused("user", 400, () => ({ body: { token: "no token of ours" } })),
      refused("user", 422, () => ({ body: {} })),
    ],
  },
  reopen: { valid: done("user", revoked, ["message"]), invalid: refused("user", 422, () => ({ body: {} })) },
  deleteByIds: {
    valid: done("user", async (stage) => ({ body: { token_ids: [(await stage.spareToken()).id] } }), [
      "message",
    ]),
    invalid: [
      refused("user", 400, () => ({ body: { token_ids: [absentToken] } })),
      refused("user", 422, () => ({ body: { token_ids: "all" } })),
    ],
  },
  deleteByKeys: {
    valid: done("user", async (stage) => ({ body: { tokens: [(await stage.spareToken()).secret] } }), [
      "message",
    ]),
    invalid: refused("user", 422, () => ({ body: { tokens: "all" } })),
  },
};

const tokens: Row[] = [
  { method: "POST", path: "/api/auth/token/delete", name: "delete tokens", ...token.deleteByKeys },
  { method: "POST", path: "/api/auth/token/generate", name: "generate a token", ...token.generate },
  { method: "POST", path: "/api/auth/token/revoke", name: "revoke a token", ...token.revoke },
  { method: "GET", path: "/api/auth/token/{token_id}", name: "read a token", ...token.get },
  { method: "GET", path: "/api/auth/tokens", name: "list tokens", ...token.list },
  { method: "POST", path: "/api/auth/tokens", name: "generate a token", ...token.generate },
  { method: "POST", path: "/api/auth/tokens/delete", name: "delete tokens", ...token.deleteByKeys },
  {
    method: "POST",
    path: "/api/auth/tokens/delete-by-ids",
    name: "delete tokens by id",
    ...token.deleteByIds,
  },
  { method: "POST", path: "/api/auth/tokens/reopen", name: "reopen a token", ...token.reopen },
  { method: "POST", path: "/api/auth/tokens/revoke", name: "revoke a token", ...token.revoke },
  { method: "GET", path: "/api/auth/tokens/{token_id}", name: "read a token", ...token.get },
  { method: "PUT", path: "/api/auth/tokens/{token_id}", name: "change a token", ...token.update },
  { method: "GET", path: "/api/tokens", name: "list tokens", ...token.list },
  { method: "POST", path: "/api/tokens", name: "generate a token", ...token.generate },
  { method: "POST", path: "/api/tokens/delete", name: "delete tokens", ...token.deleteByKeys },
  { method: "POST", path: "/api/tokens/delete-by-ids", name: "delete tokens by id", ...token.deleteByIds },
  { method: "POST", path: "/api/tokens/reopen", name: "reopen a token", ...token.reopen },
  { method: "POST", path: "/api/tokens/revoke", name: "revoke a token", ...token.revoke },
  {
    method: "GET",
    path: "/api/tokens/usage/report",
    name: "report the use of tokens",
    valid: done("user", async (stage) => ({ query: { token_ids: String((await stage.spareToken()).id) } }), [
      "token_id",
      "total_jobs",
      "usage",
    ]),
    invalid: refused("user", 422, () => ({ query: { token_ids: "some" } })),
  },
  { method: "GET", path: "/api/tokens/{token_id}", name: "read a token", ...token.get },
  { method: "PUT", path: "/api/tokens/{token_id}", name: "change a token", ...token.update },
];

// ---- The toolbox, which this cloud does not have

const solvers = ["chemistryvqe", "customvqe", "cvarvqe", "graphDSI", "graphIsomorphism"];
const missing = (method: Row["method"], path: string): Row => ({
  method,
  path,
  name: "a toolbox application",
  valid: null,
});
const toolbox: Row[] = [
  ...solvers.flatMap((solver) => [
    missing("POST", `/qt/${solver}`),
    missing("POST", `/qt/${solver}/estimate`),
    missing("GET", `/qt/${solver}/{job_id}/results`),
    missing("GET", `/qt/${solver}/{job_id}/status`),
  ]),
  missing("GET", "/qt/qrng/bytes"),
  missing("GET", "/qt/qrng/ints"),
];

export const publicContract: readonly Row[] = [
  page("/", "the root"),
  page("/health", "health"),
  page("/openapi.json", "the document"),
  page("/qt-openapi.json", "the document of the toolbox"),
  ...tokens,
  ...jobs,
  ...toolbox,
].map((row) => ({ ...row, ofPublicContract: true }));

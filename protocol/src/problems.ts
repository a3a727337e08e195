/**
 * Every expected refusal of the cloud: its stable code, HTTP status, and what the caller can do about it.
 * The sentence itself is made where the problem is found, since it carries the offending values.
 */
export const problems = {
  invalid_request: {
    status: 400,
    remedy: "Correct the fields named in the detail and send the request again.",
  },
  invalid_payload: {
    status: 400,
    remedy: "Correct the part of the payload named by the path in the detail.",
  },
  invalid_specs: {
    status: 400,
    remedy: "Correct the specs named by the paths in the detail and send them again.",
  },
  invalid_window: {
    status: 400,
    remedy: "Give the window an end that is in the future and after its start.",
  },
  command_not_available: { status: 400, remedy: "Use one of the commands that the platform's specs list." },
  platform_limit_exceeded: {
    status: 400,
    remedy: "Change the job to what the detail says is allowed, or send it to another platform.",
  },
  job_too_large: {
    status: 400,
    remedy: "Make the smallest change that the detail names, or send the job to another platform.",
  },
  job_not_finished: {
    status: 400,
    remedy: "Poll the job's status until it is completed, then read the result.",
  },
  job_has_no_result: {
    status: 400,
    remedy: "Read the job's status message, correct the job and submit it again.",
  },
  job_already_over: { status: 400, remedy: "Nothing to do: the job has already ended." },
  job_not_failed: {
    status: 400,
    remedy: "Submit a new job: only a failed or canceled job can be run again.",
  },
  password_refused: { status: 400, remedy: "Choose another password as the sentence says." },
  label_taken: { status: 400, remedy: "Choose a label that none of the account's other tokens has." },
  priority_too_high: { status: 400, remedy: "Choose a priority up to that of the account." },
  unknown_tokens: {
    status: 400,
    remedy: "Check the ids or tokens named in the detail, and that they are the account's.",
  },
  not_authenticated: {
    status: 401,
    remedy: "Send 'Authorization: Bearer <token>' with a token that has neither expired nor been revoked.",
  },
  login_refused: { status: 401, remedy: "Check the email and the password, or ask an administrator." },
  secret_refused: {
    status: 401,
    remedy: "Ask for a new secret: it is good once, and for an hour at most.",
  },
  not_allowed: { status: 403, remedy: "Use a credential of a kind that may call this operation." },
  login_not_recent: {
    status: 403,
    remedy: "Log in again, and repeat the request within ten minutes.",
  },
  current_password_refused: { status: 403, remedy: "Send the password that the account has now." },
  administrator_protected: {
    status: 403,
    remedy: "Grant or withdraw the rights of an administrator with PUT /admin/users/{id}/administrator.",
  },
  token_read_only: { status: 403, remedy: "Use a token that may also change things." },
  token_scope_exceeded: {
    status: 403,
    remedy: "Ask for less, or use a token whose scope allows it.",
  },
  job_not_found: { status: 404, remedy: "Check the job id, and that the token belongs to the job's owner." },
  platform_not_found: { status: 404, remedy: "Check the platform's name, and that your account may use it." },
  window_not_found: { status: 404, remedy: "List the platform's maintenance windows for their ids." },
  platform_name_taken: { status: 409, remedy: "Choose another name, or delete the platform that has it." },
  user_not_found: { status: 404, remedy: "Check the account's id." },
  company_not_found: { status: 404, remedy: "Check the company's id." },
  permission_not_found: { status: 404, remedy: "Nothing to do: the account may not use that platform." },
  token_not_found: { status: 404, remedy: "Check the token's id, and that it is one of the account's." },
  worker_key_not_found: { status: 404, remedy: "Check the key's id." },
  job_group_not_found: {
    status: 404,
    remedy: "Check the group's name, and that the token belongs to the owner of its jobs.",
  },
  route_not_found: { status: 404, remedy: "Look the path up in the API reference at /reference." },
  email_taken: { status: 409, remedy: "Use another email, or change the account that has this one." },
  last_administrator: {
    status: 409,
    remedy: "Make another enabled account an administrator first.",
  },
  company_exists: { status: 409, remedy: "Choose another name, or use the company that has it." },
  company_has_members: { status: 409, remedy: "Move the company's members elsewhere first." },
  worker_key_replaced: { status: 409, remedy: "Use the key that replaced this one." },
  platform_retired: { status: 409, remedy: "Send the job to another platform." },
  job_in_other_state: {
    status: 409,
    remedy: "Read the job's status: the detail names the states in which this is possible.",
  },
  lease_lost: { status: 409, remedy: "Stop computing this attempt and fetch another job." },
  result_conflict: {
    status: 409,
    remedy: "Keep the outcome that was stored first; do not report this attempt again.",
  },
  result_incomplete: {
    status: 409,
    remedy: "Send all parts of the result again under the same lease, then report it.",
  },
  body_too_large: { status: 413, remedy: "Send a smaller body." },
  unsupported_media_type: { status: 415, remedy: "Send the body as application/json." },
  idempotency_key_reused: {
    status: 422,
    remedy:
      "Send a new Idempotency-Key with a new request, and an old one only with the request it was made for.",
  },
  login_delayed: { status: 429, remedy: "Try again after the time given by Retry-After." },
  queue_full: { status: 429, remedy: "Wait until some of your jobs have ended, or cancel waiting ones." },
  too_many_streams: { status: 429, remedy: "Close a stream of events that this account still follows." },
  busy: { status: 429, remedy: "Try again after the time given by Retry-After." },
  not_ready: { status: 503, remedy: "Try again shortly; tell the operator when it stays so." },
  internal_error: { status: 500, remedy: "Tell the operator, with the request id." },
} as const satisfies Record<string, { status: number; remedy: string }>;

export type ProblemCode = keyof typeof problems;

export function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === "string" && Object.hasOwn(problems, code);
}

/** An expected error with a code. Its message is the sentence shown to whoever called. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly code: ProblemCode;
  readonly detail: Readonly<Record<string, unknown>>;
  /** The id under which the server logged the request, where one was made. */
  readonly requestId: string | undefined;

  constructor(
    code: ProblemCode,
    message: string,
    options: { detail?: Record<string, unknown>; requestId?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.detail = options.detail ?? {};
    this.requestId = options.requestId;
  }

  get status(): number {
    return problems[this.code].status;
  }

  get remedy(): string {
    return problems[this.code].remedy;
  }
}

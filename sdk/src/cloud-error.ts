import { Problem, type ProblemCode, problems, type UnreachableError } from "@corbenic/protocol";

/** What can go wrong before a cloud answers, or instead of it, besides the problems that it names itself. */
const failures = {
  unreachable: "Check the URL, and that the cloud runs: its /health answers without a token.",
  unexpected_answer:
    "Check that the URL is that of a Corbenic cloud of this version, and what stands in front of it.",
  no_job_waiting: "Submit a job to the platform first, or wait for one with waitS.",
} as const;

export type CloudErrorCode = ProblemCode | keyof typeof failures;

/** A request was refused by the cloud, or failed. Its message says what was refused and why. */
export class CloudError extends Error {
  override readonly name = "CloudError";
  /** Stable, for programs. */
  readonly code: CloudErrorCode;
  /** The HTTP status; undefined where no answer came. */
  readonly status: number | undefined;
  /** Under which the cloud logged the request: what its operator asks for. */
  readonly requestId: string | undefined;
  /** What to do about it. */
  readonly remedy: string;
  /** The values that the message speaks of. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(
    code: CloudErrorCode,
    message: string,
    options: {
      status?: number | undefined;
      requestId?: string | undefined;
      detail?: Readonly<Record<string, unknown>>;
      cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status;
    this.requestId = options.requestId;
    this.detail = options.detail ?? {};
    this.remedy = code in failures ? failures[code as keyof typeof failures] : problemOf(code).remedy;
  }

  static from(cause: Problem | UnreachableError): CloudError {
    const { message, status } = cause;
    if (cause instanceof Problem) {
      const { code, requestId, detail } = cause;
      return new CloudError(code, message, { status, requestId, detail, cause });
    }
    return new CloudError(status === undefined ? "unreachable" : "unexpected_answer", message, {
      status,
      cause,
    });
  }
}

function problemOf(code: CloudErrorCode): { readonly remedy: string } {
  return problems[code as ProblemCode];
}

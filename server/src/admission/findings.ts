import { type Finding, Problem, type ProblemCode, problems } from "@corbenic/protocol";

/** One thing that is wrong with a submission, with the code that a refusal for it alone would have. */
export type CodedFinding = Finding & { readonly code: ProblemCode };

/**
 * Statuses in the order in which one stands for all: first what the caller cannot reach or may not do, then what
 * is wrong with the request, and last what waiting would cure, which clients are allowed to retry.
 */
const precedence = [404, 403, 400, 402, 409, 429];

/**
 * All findings as one refusal: its code and status are those of the gravest, its detail lists every one.
 * @throws {TypeError} when there are none
 */
export function refusalOf(findings: readonly CodedFinding[]): Problem {
  const rank = ({ code }: CodedFinding) => precedence.indexOf(problems[code].status);
  const [gravest] = findings.toSorted((a, b) => rank(a) - rank(b));
  if (gravest === undefined) throw new TypeError("Cannot refuse a submission that nothing is wrong with");
  const { code, path, found, allowed } = gravest;
  return new Problem(code, findings.map(({ message }) => message).join(" "), {
    detail: {
      path,
      found,
      allowed,
      findings,
      ...(problems[code].status === 429 ? { retry_after_s: retryAfterS } : {}),
    },
  });
}

/** When a full queue is worth another try. */
const retryAfterS = 5;

import type { Principal, Scopes } from "../credentials/credentials.ts";

/** For whom a job is admitted: an account, and what the token it came with allows. */
export interface Submitter {
  readonly userId: number;
  readonly priority: number;
  readonly scopes: Scopes;
  /** The job token, where the job came with one. */
  readonly tokenId: number | null;
}

export function submitterOf(principal: Principal): Submitter {
  const { userId, priority, scopes, kind, credentialId } = principal;
  return { userId, priority, scopes, tokenId: kind === "job_token" ? credentialId : null };
}

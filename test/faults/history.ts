import { isTerminal, type JobState, type Problem } from "@corbenic/protocol";
import type { Answered, Delivered } from "../simulation/api-process.ts";

/** What everybody outside the cloud was told, and what must follow from it. */
export interface History {
  created(jobId: string): void;
  saw(jobId: string, state: JobState): void;
  /** A cancellation was acknowledged: as done, or as asked for. */
  canceled(jobId: string, done: boolean): void;
  read(jobId: string, results: string): void;
  refused(problem: Problem): void;
  ran(jobId: string, attempt: number): void;
  answered(request: Delivered, answer: Pick<Answered, "status" | "body">): void;
  /** Something that must never happen was seen by whoever asked. */
  violate(says: string): void;
  /** Compares with what the database says in the end. */
  close(rows: readonly FinalJob[]): void;
  readonly violations: readonly string[];
  /** How often each refusal was given. */
  readonly refusals: ReadonlyMap<string, number>;
}

export interface FinalJob {
  readonly id: string;
  readonly state: JobState;
  readonly results: string | null;
  readonly attempts_counted: number;
  readonly attempts_max: number;
  readonly attempt: number;
}

export function createHistory(): History {
  const violations: string[] = [];
  const refusals = new Map<string, number>();
  const created = new Set<string>();
  const endings = new Map<string, JobState>();
  const canceledDone = new Set<string>();
  const cancelAsked = new Set<string>();
  const results = new Map<string, string>();

  const violate = (invariant: string, jobId: string, says: string) =>
    violations.push(`${invariant}: job ${jobId} ${says}`);

  function end(jobId: string, state: JobState): void {
    const before = endings.get(jobId);
    if (before !== undefined && before !== state) violate("I2", jobId, `was ${before} and is ${state}`);
    if (isTerminal(state)) endings.set(jobId, state);
  }

  function result(jobId: string, text: string): void {
    const before = results.get(jobId);
    if (before !== undefined && before !== text)
      violate("I3", jobId, `has two results: ${before} and ${text}`);
    results.set(jobId, text);
  }

  return {
    violations,
    refusals,
    violate: (says) => void violations.push(says),
    created: (jobId) => void created.add(jobId),
    // It may have been on its way for long: only what cannot change since then says anything.
    saw: (jobId, state) => isTerminal(state) && end(jobId, state),
    canceled(jobId, done) {
      cancelAsked.add(jobId);
      if (!done) return;
      canceledDone.add(jobId);
      end(jobId, "canceled");
    },
    read: (jobId, text) => result(jobId, text),
    refused: ({ code }) => void refusals.set(code, (refusals.get(code) ?? 0) + 1),
    ran(jobId, attempt) {
      if (canceledDone.has(jobId))
        violate("I7", jobId, `runs (attempt ${attempt}) after it was called canceled`);
    },
    answered(request, { status, body }) {
      if (status >= 500) violations.push(`5xx: ${request.method} ${request.url} answered ${status}: ${body}`);
      const polled = /^\/api\/job\/status\/(.+)$/.exec(request.url);
      if (polled !== null && status === 200)
        end(polled[1]!, (JSON.parse(body) as { status: JobState }).status);
      if (request.url.startsWith("/admin/job/") && status >= 400) {
        const { code } = JSON.parse(body) as { code: string };
        refusals.set(code, (refusals.get(code) ?? 0) + 1);
      }
      const reported = /^\/admin\/job\/([^/]+)\/result$/.exec(request.url);
      if (reported === null || status !== 200) return;
      end(reported[1]!, "completed");
      // A result that was staged is not in the report.
      const { results: text } = JSON.parse(request.body!) as { results?: string };
      if (text !== undefined) result(reported[1]!, text);
    },
    close(rows) {
      const final = new Map(rows.map((row) => [row.id, row]));
      for (const id of created) if (!final.has(id)) violate("I12", id, "was acknowledged and is not there");
      for (const [id, state] of endings)
        if (final.get(id)?.state !== state) violate("I2", id, `was ${state}`);
      for (const [id, text] of results)
        if (final.get(id)?.results !== text)
          violate("I12", id, "has another result than it was said to have");
      for (const id of cancelAsked) {
        const state = final.get(id)?.state;
        if (state !== "canceled" && state !== "completed")
          violate("I9", id, `was asked to be canceled and is ${state}`);
      }
      for (const { id, state, attempts_counted, attempts_max, attempt } of rows) {
        if (!isTerminal(state)) violate("L1", id, `has not ended: it is ${state}`);
        if (attempts_counted > attempts_max || attempt > 10) violate("I8", id, `has ${attempt} attempts`);
      }
    },
  };
}

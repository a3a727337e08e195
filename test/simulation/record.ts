import { isTerminal, type JobState } from "@corbenic/protocol";
import type { Answered, Delivered } from "./api-process.ts";
import { readExchange } from "./exchange.ts";
import { createLeaseLedger, type LeaseLedger, type Tick } from "./lease-ledger.ts";

/** Everything that the cloud was asked and has answered, and what must follow from it. */
export interface CloudRecord {
  /** @returns when, to be told of the answer with */
  arrived(request: Delivered): Tick;
  answered(request: Delivered, answer: Pick<Answered, "status" | "body">, arrived: Tick): void;
  /** Something that must never happen was seen. */
  violate(says: string): void;
  readonly promises: Promises;
  readonly ledger: LeaseLedger;
  readonly violations: readonly string[];
  /** How often each refusal was given. */
  readonly refusals: ReadonlyMap<string, number>;
  /** How often a lease was renewed: of transitions, the one that leaves no event. */
  readonly renewals: number;
}

/** What the cloud has acknowledged, and may not take back. */
export interface Promises {
  readonly created: ReadonlySet<string>;
  readonly endings: ReadonlyMap<string, JobState>;
  readonly cancelAsked: ReadonlyMap<string, Tick>;
  readonly results: ReadonlyMap<string, string>;
}

const reporting = /^\/admin\/job\/[0-9a-f-]+\/(result|fail|release)$/;
const leaseOf = ({ body }: Delivered) => (JSON.parse(body!) as { lease_token: string }).lease_token;

/** What the copies of a fetch have in common, where it has a name. */
function fetchOf({ url, headers }: Delivered): string | undefined {
  const id = /^\/admin\/job\?.*fetch_id=([^&]+)/.exec(url)?.[1];
  return id === undefined ? undefined : `${headers.authorization} ${id}`;
}

export function createRecord(): CloudRecord {
  let tick = 0;
  let renewals = 0;
  const violations: string[] = [];
  const refusals = new Map<string, number>();
  const created = new Set<string>();
  const endings = new Map<string, JobState>();
  const endedSince = new Map<string, Tick>();
  const cancelAsked = new Map<string, Tick>();
  const results = new Map<string, string>();
  const keyed = new Map<string, { readonly body: string | undefined; readonly jobId: string }>();
  const fetches = new Map<string, number>();
  const suspensions = createSuspensions();

  const violate = (invariant: string, jobId: string, says: string) =>
    void violations.push(`${invariant}: job ${jobId} ${says}`);
  const ledger = createLeaseLedger(violate);

  function end(jobId: string, state: JobState): void {
    if (!isTerminal(state)) return;
    const before = endings.get(jobId);
    if (before !== undefined && before !== state) violate("I2", jobId, `was ${before} and is ${state}`);
    if (before !== undefined) return;
    endings.set(jobId, state);
    endedSince.set(jobId, tick);
    ledger.revoke(jobId, tick, tick);
  }

  function keep(jobId: string, text: string): void {
    const before = results.get(jobId);
    if (before !== undefined && before !== text)
      violate("I3", jobId, `has two results: ${before} and ${text}`);
    results.set(jobId, text);
  }

  function submitted(request: Delivered, jobId: string): void {
    created.add(jobId);
    const key = request.headers["idempotency-key"];
    if (key === undefined) return;
    const name = `${request.headers.authorization} ${key}`;
    const first = keyed.get(name);
    if (first === undefined) keyed.set(name, { body: request.body, jobId });
    else if (first.body !== request.body)
      violate("I15", jobId, "was made by a key that stood for another request");
    else if (first.jobId !== jobId) violate("I15", jobId, `was made by the key that had made ${first.jobId}`);
  }

  return {
    violations,
    refusals,
    get renewals() {
      return renewals;
    },
    ledger,
    promises: { created, endings, cancelAsked, results },
    violate: (says) => void violations.push(says),
    arrived(request) {
      tick += 1;
      if (request.url.endsWith("/resume")) suspensions.resuming(request, tick);
      if (reporting.test(request.url)) ledger.reporting(leaseOf(request));
      const fetch = fetchOf(request);
      if (fetch !== undefined) fetches.set(fetch, (fetches.get(fetch) ?? 0) + 1);
      return tick;
    },
    answered(request, answer, arrived) {
      tick += 1;
      if (answer.status >= 500)
        violations.push(`5xx: ${request.method} ${request.url} answered ${answer.status}: ${answer.body}`);
      if (answer.status >= 400) {
        const { code } = JSON.parse(answer.body) as { code: string };
        refusals.set(code, (refusals.get(code) ?? 0) + 1);
      }
      if (request.url.endsWith("/resume")) suspensions.resumed(request);
      const exchange = readExchange(request, answer);
      switch (exchange?.kind) {
        case "fetch": {
          const { job_id, attempt } = exchange.job;
          if ((endedSince.get(job_id) ?? tick) < arrived)
            violate("I7", job_id, `was handed out (attempt ${attempt}) when it had ended`);
          if (suspensions.since(job_id) < arrived)
            violate("I11", job_id, `was handed out (attempt ${attempt}) while it was suspended`);
          ledger.granted(exchange.job, arrived, tick);
          // What one copy of a fetch was given the cloud itself may hand back for another that was hung up.
          if ((fetches.get(fetchOf(request) ?? "") ?? 0) > 1) ledger.reporting(exchange.job.lease_token);
          break;
        }
        case "hold":
          ledger.held(exchange.jobId, exchange.token, arrived);
          if (exchange.cancel !== undefined) renewals += 1;
          if (exchange.cancel === false && (cancelAsked.get(exchange.jobId) ?? tick) < arrived)
            violate("I9", exchange.jobId, "was to be canceled, and its worker was told to go on");
          break;
        case "report":
          ledger.reported(exchange, tick);
          if (exchange.results !== undefined) keep(exchange.jobId, exchange.results);
          end(exchange.jobId, exchange.state);
          break;
        case "submit":
          submitted(request, exchange.jobId);
          break;
        case "status":
          end(exchange.jobId, exchange.state);
          break;
        case "result":
          keep(exchange.jobId, exchange.results);
          break;
        case "cancel":
          if (!cancelAsked.has(exchange.jobId)) cancelAsked.set(exchange.jobId, tick);
          if (exchange.done) end(exchange.jobId, "canceled");
          break;
        case "suspend":
          ledger.revoke(exchange.jobId, arrived, tick);
          suspensions.suspended(exchange.jobId, arrived, tick);
          break;
      }
    },
  };
}

/** From when on jobs were certainly suspended: not once somebody may have resumed them. */
function createSuspensions() {
  const suspended = new Map<string, Tick>();
  const lastResume = new Map<string, Tick>();
  const resuming = new Map<string, number>();
  const jobOf = ({ url }: Delivered) => url.split("/").at(-2)!;
  return {
    suspended(jobId: string, arrived: Tick, now: Tick): void {
      if ((resuming.get(jobId) ?? 0) === 0 && (lastResume.get(jobId) ?? 0) < arrived)
        suspended.set(jobId, now);
    },
    resuming(request: Delivered, now: Tick): void {
      const jobId = jobOf(request);
      suspended.delete(jobId);
      lastResume.set(jobId, now);
      resuming.set(jobId, (resuming.get(jobId) ?? 0) + 1);
    },
    resumed(request: Delivered): void {
      const jobId = jobOf(request);
      resuming.set(jobId, resuming.get(jobId)! - 1);
    },
    since: (jobId: string): Tick => suspended.get(jobId) ?? Number.POSITIVE_INFINITY,
  };
}

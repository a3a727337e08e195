/** Something that is wrong with the cloud on purpose, to see that a seed finds it. */
export interface PlantedFault {
  readonly rule: string;
  /** A seed that finds it, and what it says; absent where many must be tried. */
  readonly found?: { readonly seed: number; readonly as: string };
  /** Makes another statement out of one that the rule is in, and leaves all others as they are. */
  readonly statement?: (text: string) => string;
  /** The same of a function in the database. */
  readonly procedure?: { readonly name: string; readonly from: string; readonly to: string };
}

/** Replaces `from` where the statement also has `mark`. */
const replace = (mark: string, from: string, to: string) => (text: string) =>
  text.includes(mark) && text.includes(from) ? text.replace(from, to) : text;

const renewal = "lease_until = cloud_now() + make_interval(secs => $3";
const completion = "'complete_despite_cancel' end";
const failure = "when $4 and attempts_counted";
const release = "Its workers handed it back too often";
const reaping = "It stopped its worker twice.";
const suspension = "'suspend_' || before.state";
const byLease = "lease_hash = $2";
const byAnyLease = "$2::bytea is not null";
const found = (seed: number, as: string) => ({ seed, as });

/** One rule of the real statements broken in each. */
export const plantedFaults: readonly PlantedFault[] = [
  {
    rule: "a renewal names its lease",
    found: found(4, "I1"),
    statement: replace(renewal, byLease, byAnyLease),
  },
  {
    rule: "what is staged names its lease",
    found: found(4, "I1"),
    statement: replace("as stored from holder", `id = $1 and ${byLease}`, `id = $1 and ${byAnyLease}`),
  },
  {
    rule: "a failure names its lease",
    found: found(13, "I1"),
    statement: replace(failure, byLease, byAnyLease),
  },
  {
    rule: "a release names its lease",
    found: found(13, "I1"),
    statement: replace(release, byLease, byAnyLease),
  },
  {
    rule: "a result names its lease when it is stored, not only when it is read",
    statement: replace(completion, byLease, byAnyLease),
  },
  {
    rule: "a result names its lease",
    found: found(4, "I1"),
    statement: (text) =>
      replace(
        "as asked, p.payload",
        "lease_hash = asked.hash",
        "asked.hash is not null",
      )(replace(completion, byLease, byAnyLease)(text)),
  },
  {
    rule: "a completion leaves an event",
    found: found(1, "I1"),
    statement: replace(
      completion,
      "'completed', attempt, 'holder', $2, $4 from job",
      "'completed', attempt, 'holder', $2, $4 from job where false",
    ),
  },
  {
    rule: "a repeated report is known by its digest",
    statement: replace(
      "actor = 'holder' and digest is not null",
      "select to_state, digest",
      "select to_state, $2::bytea as digest",
    ),
  },
  {
    rule: "a renewal tells of a cancellation",
    found: found(6, "I9"),
    statement: replace(renewal, "select state, case when", "select 'running' as state, case when"),
  },
  {
    rule: "a cancellation is written down",
    found: found(2, "I9"),
    statement: replace(
      "'request_cancel' else 'cancel_'",
      "when 'running' then 'cancel_requested'",
      "when 'running' then 'running'",
    ),
  },
  {
    rule: "a cancellation is not forgotten by a failure",
    found: found(22, "5xx"),
    statement: replace(failure, "when state = 'cancel_requested' then 'finish_cancel'", ""),
  },
  {
    rule: "the reaper does not forget a cancellation",
    statement: replace(reaping, "when state = 'cancel_requested' then 'finish_cancel'", ""),
  },
  {
    rule: "the reaper ends leases that are over",
    found: found(18, "L2"),
    statement: replace(reaping, "(lease_until < now.at\n", "(lease_until < now.at - interval '1 year'\n"),
  },
  {
    rule: "an attempt that failed counts",
    found: found(4, "I8"),
    statement: replace(failure, "0 as uncounted", "1 as uncounted"),
  },
  {
    rule: "an attempt whose worker is lost counts",
    found: found(2, "I8"),
    statement: replace(reaping, "0 as uncounted", "1 as uncounted"),
  },
  {
    rule: "a suspension takes the lease away",
    found: found(1, "5xx"),
    statement: replace(
      suspension,
      "lease_hash = null, lease_until = null, lease_key_id = null",
      "lease_ms = lease_ms",
    ),
  },
  {
    rule: "what is expired waits",
    found: found(4, "ends old jobs and fails"),
    statement: replace(
      "It waited longer than",
      "'waiting', 'suspended'",
      "'waiting', 'suspended', 'running'",
    ),
  },
  {
    rule: "an Idempotency-Key is kept",
    found: found(7, "I15"),
    statement: (text) =>
      text.startsWith("insert into idempotency_keys")
        ? "select $1::int, $2::text, $3::bytea, $4::uuid"
        : text,
  },
  {
    rule: "a job is found by its owner alone",
    found: found(1, "administrator was refused"),
    statement: replace("as last_intermediate_results", "owner_id = asked.owner_id", "true"),
  },
  {
    rule: "an attempt counts from when it begins",
    found: found(1, "5xx"),
    procedure: {
      name: "acquire_lease",
      from: "attempts_counted = attempts_counted + 1",
      to: "attempts_counted = attempts_counted",
    },
  },
  {
    rule: "a suspended job is not handed out",
    found: found(4, "I11"),
    procedure: { name: "acquire_lease", from: "state = 'waiting'", to: "state in ('waiting', 'suspended')" },
  },
  {
    rule: "a job that ended is tallied",
    found: found(1, "I14"),
    procedure: { name: "leave_queue", from: "-count(*)", to: "0" },
  },
  {
    rule: "who comes anew is not put behind all others",
    found: found(8, "L3"),
    procedure: { name: "take_place", from: "first_step * step", to: "100 * step" },
  },
];

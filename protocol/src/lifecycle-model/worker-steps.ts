import { isLeased, isTerminal } from "../job-state.ts";
import { mayWait, move, type Setting, type Step } from "./move.ts";
import type { Rule } from "./rules.ts";
import { type Hold, type Message, type Report, reports, type World } from "./world.ts";

/** What workers do, and what the network does with what they say. */
export function workerSteps(world: World, setting: Setting): Step[] {
  const steps: Step[] = [];
  for (const [index, hold] of world.workers.entries()) {
    const name = `worker ${index + 1}`;
    if (hold === null) steps.push(...acquireSteps(world, index, name, setting));
    else steps.push(...holderSteps(world, index, hold, name, setting));
  }
  for (const [index, message] of world.messages.entries()) {
    const rest = { ...world, messages: world.messages.filter((_, other) => other !== index) };
    const says = `${message.report} under lease ${message.grant} arrives`;
    steps.push({ says: `${message.report} under lease ${message.grant} is lost`, next: rest });
    steps.push(...arrivalSteps(rest, message, says, setting));
    steps.push(...arrivalSteps(world, message, `${says}, and a copy stays on its way`, setting));
  }
  return steps;
}

function acquireSteps(world: World, index: number, name: string, setting: Setting): Step[] {
  if (world.state !== "waiting") return [];
  const grants = world.grants + 1;
  const lease = setting.obeys("acquire_draws_lease") ? grants : 1;
  const granted = { lease, grants, counted: world.counted + 1 };
  const heard = { ...granted, workers: withHold(world, index, { lease, grant: grants }) };
  return [
    move(world, `${name} acquires`, "acquire", "worker", setting, heard),
    move(world, `${name} acquires, and the answer is lost`, "acquire", "worker", setting, granted),
  ];
}

/** A holder may say anything at any time, also long after its lease is over; it may crash, and it may give up. */
function holderSteps(world: World, index: number, hold: Hold, name: string, { size }: Setting): Step[] {
  const idle = withHold(world, index, null);
  const steps: Step[] = [{ says: `${name} turns to other work`, next: { ...world, workers: idle } }];
  if (world.crashesLeft > 0) {
    const next = { ...world, workers: idle, crashesLeft: world.crashesLeft - 1 };
    steps.push({ says: `${name} is killed`, next });
  }
  if (world.messages.length >= size.messagesMax) return steps;
  for (const report of reports) {
    const messages = [...world.messages, { ...hold, report }];
    steps.push({ says: `${name} sends ${report} under lease ${hold.grant}`, next: { ...world, messages } });
  }
  return steps;
}

function withHold(world: World, index: number, hold: Hold | null): (Hold | null)[] {
  return world.workers.map((other, i) => (i === index ? hold : other));
}

const leaseRule: Record<Report, Rule> = {
  renew: "renew_names_lease",
  stage: "complete_names_lease",
  complete: "complete_names_lease",
  fail: "fail_names_lease",
  retry: "fail_names_lease",
  release: "release_names_lease",
};

/** What a report does when it reaches the cloud; one that does not count changes nothing. */
function arrivalSteps(world: World, message: Message, says: string, setting: Setting): Step[] {
  if (!counts(world, message, setting)) {
    if (message.report === "complete" && isRepeat(world, message) && !setting.obeys("complete_once"))
      return [{ says, next: { ...world, resultsStored: world.resultsStored + 1 } }];
    return [{ says: `${says} and is refused`, next: world }];
  }
  const superseded = message.grant !== world.grants || world.state === "waiting";
  const before = superseded ? { ...world, supersededActed: true } : world;
  return effect(before, message, says, setting);
}

function counts(world: World, { report, lease, grant }: Message, { obeys }: Setting): boolean {
  const { state } = world;
  if (state === null) return false;
  if (isLeased(state)) return lease === world.lease || !obeys(leaseRule[report]);
  return isTerminal(state) && !obeys("ended_takes_no_report") && grant === world.grants && report !== "renew";
}

function isRepeat(world: World, { grant }: Message): boolean {
  return world.state === "completed" && world.result === grant;
}

function effect(world: World, { report, grant }: Message, says: string, setting: Setting): Step[] {
  const canceling = world.state === "cancel_requested";
  const waits = !canceling || !setting.obeys("cancel_beats_requeue");
  const canceled = () => [move(world, says, "finish_cancel", "holder", setting, { toldCanceled: true })];
  const requeued = (changes: Partial<World> = {}) => [
    move(world, says, "requeue", "holder", setting, changes),
  ];
  switch (report) {
    case "renew":
      return [move(world, says, "renew", "holder", setting)];
    case "stage":
      return [{ says, next: { ...world, staged: grant } }];
    case "complete":
      return completion(world, grant, says, setting);
    case "fail":
      return canceling ? canceled() : [move(world, says, "fail", "holder", setting)];
    case "retry":
      if (!waits) return canceled();
      return mayWait(world, setting) ? requeued() : [move(world, says, "fail", "holder", setting)];
    case "release": {
      if (!waits) return canceled();
      const counted = world.counted - 1;
      return mayWait({ ...world, counted }, setting)
        ? requeued({ counted })
        : [move(world, says, "fail", "holder", setting)];
    }
  }
}

/** A result arrives whole, or what was staged before is published. */
function completion(world: World, grant: number, says: string, setting: Setting): Step[] {
  const transition = world.state === "cancel_requested" ? "complete_despite_cancel" : "complete";
  if (!setting.obeys("result_with_state"))
    return [move(world, says, transition, "holder", setting, { halfCompleted: true, staged: 0 })];
  const stored = { staged: 0, resultsStored: world.resultsStored + 1 };
  const whole = move(world, says, transition, "holder", setting, { ...stored, result: grant });
  const publishes =
    world.staged !== 0 && (world.staged === grant || !setting.obeys("staged_by_lease"))
      ? [
          move(world, `${says} and publishes what is staged`, transition, "holder", setting, {
            ...stored,
            result: world.staged,
          }),
        ]
      : [];
  return [whole, ...publishes];
}

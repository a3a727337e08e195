import type { JobState } from "../job-state.ts";
import { mayWait, move, type Setting, type Step } from "./move.ts";
import { workerSteps } from "./worker-steps.ts";
import type { World } from "./world.ts";

/** Everything that can happen next to the job: by its owner, administrators, the system, the reaper and workers. */
export function stepsFrom(world: World, setting: Setting): Step[] {
  if (world.state === null) return creationSteps(world, setting);
  return [
    ...ownerSteps(world, setting),
    ...systemSteps(world, setting),
    ...reaperSteps(world, setting),
    ...workerSteps(world, setting),
    ...(world.halfCompleted ? [storeLateResult(world)] : []),
  ];
}

function creationSteps(world: World, setting: Setting): Step[] {
  return [
    move(world, "the owner submits", "submit", "owner", setting),
    move(world, "the owner reruns an ended job", "rerun", "owner", setting),
    move(world, "an administrator reruns an ended job", "rerun", "admin", setting),
  ];
}

function ownerSteps(world: World, setting: Setting): Step[] {
  if (!setting.obeys("cancel_rechecks")) return staleCancelSteps(world, setting);
  return (["owner", "admin"] as const).flatMap((actor) => cancelSteps(world, world.state, actor, setting));
}

/** Canceling as the state `seen` demands. */
function cancelSteps(
  world: World,
  seen: JobState | null,
  actor: "owner" | "admin",
  setting: Setting,
): Step[] {
  const says = `the ${actor} cancels`;
  const done = { toldCanceled: true, reading: null };
  if (seen === "running")
    return [move(world, says, "request_cancel", actor, setting, { reading: world.reading })];
  if (seen !== "waiting" && seen !== "suspended") return [];
  if (!setting.obeys("cancel_waiting_at_once")) return [{ says, next: { ...world, toldCanceled: true } }];
  const transition = seen === "waiting" ? "cancel_waiting" : "cancel_suspended";
  return [move(world, says, transition, actor, setting, done)];
}

function staleCancelSteps(world: World, setting: Setting): Step[] {
  const { reading, state, lease } = world;
  if (reading?.by === "owner")
    return cancelSteps({ ...world, reading: null }, reading.state, "owner", setting);
  if (reading !== null || (state !== "waiting" && state !== "suspended" && state !== "running")) return [];
  return [{ says: "a cancel reads the state", next: { ...world, reading: { by: "owner", state, lease } } }];
}

function systemSteps(world: World, setting: Setting): Step[] {
  const { state, suspendsLeft } = world;
  const steps: Step[] = [];
  for (const actor of ["admin", "system"] as const) {
    const who = actor === "admin" ? "an administrator" : "the system";
    const pays = { suspendsLeft: suspendsLeft - 1 };
    if (suspendsLeft > 0 && state === "waiting")
      steps.push(move(world, `${who} suspends`, "suspend_waiting", actor, setting, pays));
    if (suspendsLeft > 0 && state === "running") {
      const uncounted = { ...pays, counted: world.counted - 1 };
      steps.push(move(world, `${who} suspends`, "suspend_running", actor, setting, uncounted));
    }
    if (state === "suspended" && mayWait(world, setting))
      steps.push(move(world, `${who} resumes`, "resume", actor, setting));
  }
  if (state === "waiting" || state === "suspended")
    steps.push(move(world, "the system expires the job", "expire", "system", setting));
  return steps;
}

/** The reaper reads an expired lease and acts on it later: a clock may be anything, so any lease may be expired. */
function reaperSteps(world: World, setting: Setting): Step[] {
  const { state, lease, reading } = world;
  const steps: Step[] = [];
  const leased = state === "running" || state === "cancel_requested";
  if (leased && reading === null)
    steps.push({
      says: "the reaper reads the lease",
      next: { ...world, reading: { by: "reaper", state, lease } },
    });
  if (reading?.by !== "reaper") return steps;
  const before = { ...world, reading: null };
  const rechecks = setting.obeys("reaper_rechecks");
  if (rechecks && !(leased && lease === reading.lease))
    return [...steps, { says: "the reaper finds the lease gone", next: before }];
  return [...steps, ...lossSteps(before, rechecks ? state! : reading.state, setting)];
}

function lossSteps(world: World, seen: JobState, setting: Setting): Step[] {
  if (seen === "cancel_requested" && setting.obeys("cancel_beats_requeue"))
    return [move(world, "the reaper cancels", "finish_cancel", "reaper", setting, { toldCanceled: true })];
  const over = move(world, "the reaper ends the job", "give_up", "reaper", setting);
  if (!mayWait(world, setting)) return [over];
  return [move(world, "the reaper requeues", "requeue", "reaper", setting), over];
}

function storeLateResult(world: World): Step {
  const { grants, resultsStored } = world;
  return {
    says: "the cloud stores the result",
    next: { ...world, halfCompleted: false, result: grants, resultsStored: resultsStored + 1 },
  };
}

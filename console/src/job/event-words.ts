/** What happened to a job, in words, by the name of its transition. */
const happened: Readonly<Record<string, string>> = {
  submit: "submitted",
  rerun: "run again",
  acquire: "taken by a worker",
  complete: "completed",
  complete_despite_cancel: "completed before it could be stopped",
  fail: "failed",
  requeue: "put back into the queue",
  give_up: "given up",
  request_cancel: "asked to stop",
  finish_cancel: "stopped",
  cancel_waiting: "canceled",
  cancel_suspended: "canceled",
  suspend_waiting: "suspended",
  suspend_running: "suspended",
  resume: "resumed",
  expire: "expired",
};

const actors: Readonly<Record<string, string>> = {
  owner: "its owner",
  admin: "an administrator",
  worker: "a worker",
  holder: "its worker",
  reaper: "the cloud: no heartbeat",
  system: "the cloud",
};

export function transitionInWords(transition: string): string {
  return happened[transition] ?? transition.replaceAll("_", " ");
}

export function actorInWords(actor: string): string {
  return actors[actor] ?? actor;
}

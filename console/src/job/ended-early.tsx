import type { JobView } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";

/** What to do about a job that ended in error, by the transition that ended it: its code. */
const remedies: Readonly<Record<string, string>> = {
  fail: "Correct what the sentence names in the experiment or its parameters, then submit it again.",
  give_up:
    "Its workers went silent each time. Run it again; if that ends alike, make the job smaller or tell an administrator.",
  expire: "Clone it to a platform that runs jobs.",
};

/** Why a job ended before its time: a sentence, a code, and what to do. */
export function EndedEarly({ job }: { readonly job: JobView }): ReactNode {
  const { status, status_message: sentence } = job;
  if (sentence === null || sentence === "") return null;
  const code = job.events.findLast(({ to_state }) => to_state === "error")?.transition;
  if (status !== "error" || code === undefined) {
    return (
      <p className="notice" role="note">
        {sentence}
      </p>
    );
  }
  return (
    <div className="failure" role="note">
      <p>{sentence}</p>
      <p className="quiet-text">
        {remedies[code] ?? "Its events tell what happened."} <code>{code}</code>
      </p>
    </div>
  );
}

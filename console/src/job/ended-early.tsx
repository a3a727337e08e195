import { explainJobError, type JobView } from "@corbenic/sdk/endpoints";
import type { ReactNode } from "react";

/** Why a job ended before its time: a sentence, what to do, and a code that leads to where it is explained. */
export function EndedEarly({ job }: { readonly job: JobView }): ReactNode {
  const { status, status_message: sentence, error_code: code } = job;
  if (sentence === null || sentence === "") return null;
  if (status !== "error") {
    return (
      <p className="notice" role="note">
        {sentence}
      </p>
    );
  }
  const explained = code === null ? undefined : explainJobError(code);
  return (
    <div className="failure" role="note">
      <p>{sentence}</p>
      <p className="quiet-text">
        {explained?.remedy ?? "Correct what the sentence names, then submit it again."}{" "}
        {explained === undefined ? (
          code !== null && <code>{code}</code>
        ) : (
          <a href={`/problems#${explained.anchor}`}>{code}</a>
        )}
      </p>
    </div>
  );
}

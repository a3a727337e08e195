import { CloudError } from "@corbenic/sdk";
import type { ReactNode } from "react";

/** What went wrong: a sentence, what to do about it, and the code to search or ask for. */
export function Failure({ error }: { readonly error: unknown }): ReactNode {
  if (error === null || error === undefined) return null;
  const { message } = error instanceof Error ? error : new Error(String(error));
  return (
    <div className="failure" role="alert">
      <p>{message}</p>
      {error instanceof CloudError && (
        <p className="quiet-text">
          {error.remedy} <a href={`/problems#${error.code}`}>{error.code}</a>
          {error.requestId !== undefined && <> · request {error.requestId}</>}
        </p>
      )}
    </div>
  );
}

import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "./failure.tsx";

/** What an answer is shown as, once it is there. */
export function Answered<T>(props: {
  readonly query: UseQueryResult<T>;
  readonly children: (answer: T) => ReactNode;
}): ReactNode {
  const { data, error } = props.query;
  if (data !== undefined) return props.children(data);
  if (error !== null) return <Failure error={error} />;
  return (
    <p className="loading" role="status">
      Loading …
    </p>
  );
}

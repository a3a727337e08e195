import type { ReactNode } from "react";

/** What stands where there is nothing yet: why, and what to do about it. */
export function EmptyState(props: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="empty">
      <h3>{props.title}</h3>
      {props.children}
    </div>
  );
}
